import Conversation
import HTTP
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// Answers to presses of buttons while Telegram is in trouble.
@Suite(.timeLimit(.minutes(1))) struct PressAnswersTests {
    private let rig: BotRig

    init() throws { rig = try BotRig() }

    private func press(_ text: String = "a7:y") -> String {
        rig.telegram.press(forged: text, on: 1, in: rig.chat(rig.ann), by: rig.ann)
    }

    private var tries: Int { rig.telegram.calls(of: "answerCallbackQuery").count }

    @Test(arguments: [
        TelegramFault.tooManyRequests(retryAfter: 3), .serverError(502), .serverPage(502), .droppedBefore,
    ])
    func `an answer that does not get there is tried again`(fault: TelegramFault) async throws {
        let rig = rig, core = rig.core()
        rig.telegram.inject(fault, into: "answerCallbackQuery", times: 2)
        // Slowly, so that its life is not over while it is on its way.
        try await rig.running(core, step: .milliseconds(5)) { _ in
            let id = press()
            _ = try await eventually("the answer") {
                rig.telegram.answersToCallbacks.contains { $0.query == id } ? true : nil
            }
        }
        #expect(tries == 3 && rig.telegram.answersToCallbacks.map(\.text) == ["This is settled already."])
        if case .tooManyRequests = fault { #expect(rig.clock.sleeps.count { $0 == .seconds(3) } == 2) }
    }

    @Test(arguments: [
        (TelegramFault.tooManyRequests(retryAfter: 20), 1...1), (.badRequest("query is too old"), 1...1),
        (.forbidden("user is deactivated"), 1...1), (.serverError(502), 2...8),
    ])
    func `there is an end of it when nobody looks at it any more`(fault: TelegramFault, count: ClosedRange<Int>)
        async throws
    {
        let rig = rig, core = rig.core()
        rig.telegram.inject(fault, into: "answerCallbackQuery", times: nil)
        try await rig.running(core) { _ in
            _ = press()
            _ = try await eventually("its life is over") { rig.clock.milliseconds > 60_000 && tries > 0 ? true : nil }
            try await rig.waitForAllKept()
        }
        #expect(count.contains(tries), "\(tries)")
    }

    @Test func `what was pressed is done, and closed, though its answer goes on waiting`() async throws {
        let rig = rig, core = rig.core()
        rig.telegram.inject(.serverError(502), into: "answerCallbackQuery", times: nil)
        try await rig.running(core, step: nil) { _ in
            let ids = (0..<PressAnswers.most + 10).map { _ in press() }
            _ = try await eventually("all are closed") {
                let open = await rig.inbox.open(of: 0)
                return open.isEmpty && tries >= ids.count ? true : nil
            }
            // Of so many some are given up, and what is said is heard.
            rig.telegram.say("hello", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to hello")
        }
    }

    @Test func `a long answer is cut as Telegram counts`() async throws {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(rig.telegram.token)), server = try #require(BotServer(rig.telegram.baseURL))
        let answers = PressAnswers(
            BotAPI(token, on: server, through: client), clock: rig.clock, now: { Timestamp(millisecondsSince1970: 0) },
            logger: rig.log.logger)
        let id = press()
        let asked = ButtonPress.asked(id)
        try await answers.answer(asked, with: String(repeating: "👩‍👩‍👧", count: 200))
        let text = try #require(rig.telegram.answersToCallbacks.first?.text)
        #expect(text.utf16.count <= 200 && text.hasPrefix("👩‍👩‍👧"))
    }
}

extension ButtonPress {
    /// A press that is answered under this id.
    fileprivate static func asked(_ id: String) -> ButtonPress {
        ButtonPress(id: id, from: BotUser(id: 5, firstName: "Ann"), message: nil, data: nil)
    }
}
