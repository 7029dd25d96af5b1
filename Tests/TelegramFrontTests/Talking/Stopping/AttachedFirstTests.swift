import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// What stops or answers, beside an `/attach` that was written in the same moment.
@Suite(.timeLimit(.minutes(1))) struct AttachedFirstTests {
    private static let urgent = ["/cancel", "/cancel all", "/approve a7", "/deny a7"]

    private let rig: BotRig
    private let names = Gate(), answers = Gate(), isAsked = Flag()

    init() throws { rig = try BotRig() }

    /// A core that has another session, for whose name one waits until `names` is open.
    private func core(holding held: String = "nothing") -> ScriptedCore {
        ScriptedCore(
            names: { [names, isAsked] in
                isAsked.set()
                try await names.pass()
                return CoreNames(sessions: ["tty:default"])
            },
            handle: { [answers] message, _ in
                if message.text == held { try await answers.pass() }
                return .replied(CommandReply(name: "last", ok: true, text: "answer to \(message.text)"))
            })
    }

    /// Where each was handed in.
    private func places(of text: String, _ core: ScriptedCore) -> [SessionID] {
        core.calls.compactMap { if case .handle(text, let session) = $0 { session } else { nil } }
    }

    @Test(arguments: urgent)
    func `what stops or answers is for the session to which the chat was taken before it`(text: String) async throws {
        let rig = rig, core = core(), names = names
        try await rig.running(core) { _ in
            for text in ["/attach tty:default", text] { rig.telegram.say(text, from: rig.ann) }
            await names.reached()
            rig.telegram.say("from Bob", from: rig.bob)
            try await rig.chat(rig.bob).waitForBot(saying: "answer to from Bob")
            #expect(places(of: text, core).isEmpty)
            names.open()
            try await rig.chat(rig.ann).waitForBot(saying: "answer to \(text)")
        }
        #expect(places(of: text, core) == [.test])
    }

    @Test(arguments: ["/approve a7", "/deny a7"])
    func `it is also behind a text that may go on`(text: String) async throws {
        let rig = rig, core = core(), names = names
        names.open()
        try await rig.running(core) { _ in
            for text in [String(repeating: "word ", count: 500), "/attach tty:default", text] {
                rig.telegram.say(text, from: rig.ann)
            }
            try await rig.chat(rig.ann).waitForBot(saying: "answer to \(text)")
        }
        #expect(places(of: text, core) == [.test])
    }

    @Test(arguments: urgent)
    func `one that is written later changes nothing in what it is about`(text: String) async throws {
        let rig = rig, core = core(holding: text), names = names, answers = answers, isAsked = isAsked
        try await rig.running(core) { _ in
            for text in [text, "/attach tty:default"] { rig.telegram.say(text, from: rig.ann) }
            await answers.reached()
            rig.telegram.say("from Bob", from: rig.bob)
            try await rig.chat(rig.bob).waitForBot(saying: "answer to from Bob")
            #expect(!isAsked.isSet)
            answers.open()
            names.open()
            try await rig.chat(rig.ann).waitForBot(saying: "attached to tty:default")
        }
        #expect(places(of: text, core) == [rig.session(rig.ann)])
    }

    @Test(arguments: ["/approve a7", "/deny a7"])
    func `nothing waits for one that is itself behind a file`(text: String) async throws {
        let rig = rig, core = core(), names = names
        names.open()
        rig.telegram.inject(.stalled, into: "file", times: nil)
        try await rig.running(core, step: .milliseconds(5)) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            for text in ["/attach tty:default", text] { rig.telegram.say(text, from: rig.ann) }
            try await rig.chat(rig.ann).waitForBot(saying: "answer to \(text)")
            #expect(places(of: text, core) == [rig.session(rig.ann)])
            rig.telegram.clearFaults()
            rig.telegram.hangUp()
            try await rig.chat(rig.ann).waitForBot(saying: "attached to tty:default")
        }
    }
}
