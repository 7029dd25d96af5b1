import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// Presses of buttons that are dealt with a second time, because a crash came between what they did and the answer.
@Suite(.timeLimit(.minutes(1))) struct PressedAgainTests {
    private static let turn = Turn.ID(rawValue: 2)
    private static let question = ApprovalRequest(
        id: "1", kind: .question, title: "which colour?", choices: ["red", "blue"])
    private static let command = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")

    private let rig: BotRig

    init() throws { rig = try BotRig() }

    /// Has `asked` be open in the session of Ann, and `user` press `data` when `text` was answered with `answer`; the press.
    ///
    /// A crash comes when `core` was told what was answered, and has said nothing to it.
    private func cutOff(
        _ data: String, by user: FakeUser, after text: String = "hello", answered answer: String = "answer to hello",
        asking asked: Approval, _ core: ScriptedCore
    ) async throws -> String {
        let rig = rig, gate = Gate(), press = Locked(""), chat = rig.chat(user)
        core.tell(.approval(Self.turn, asked), in: rig.session(rig.ann))
        core.holdAnswers(at: gate)
        try await rig.running(core) { _ in
            rig.telegram.say(text, from: user)
            try await chat.waitForBot(saying: answer)
            let made = rig.telegram.press(forged: data, on: 1, in: chat, by: user)
            press.withLock { $0 = made }
            await gate.reached()
        }
        core.holdAnswers(at: nil)
        return press.withLock(\.self)
    }

    /// The answers that `core` was told, in order.
    private func answers(_ core: ScriptedCore) -> [ScriptedCore.Call] {
        core.calls.filter { if case .answer = $0 { true } else { false } }
    }

    @Test(
        arguments: [
            (command, "a7:y", .allow), (command, "a7:s", .allowForSession), (command, "a7:n", .deny(reason: nil)),
            (question, "a7:1", .answer("blue")),
        ] as [(ApprovalRequest, String, ApprovalDecision)])
    func `a press that has counted before a crash is told so, and a later one that it came too late`(
        request: ApprovalRequest, data: String, decision: ApprovalDecision
    ) async throws {
        let rig = rig, core = rig.core(), session = rig.session(rig.ann), chat = rig.chat(rig.ann)
        let asked = Approval.test(request, in: Self.turn)
        let press = try await cutOff(data, by: rig.ann, asking: asked, core)
        // It counts, and nobody was told.
        var answered = asked
        answered.answer = Approval.Answer(decision, by: "Ann (telegram)", basis: .person)
        core.tell(.approval(Self.turn, answered), in: session)
        try await rig.running(core) { _ in
            let again = try await rig.telegram.answer(to: press)
            #expect(again == "Done")
            let late = rig.telegram.press(forged: data, on: 1, in: chat, by: rig.ann)
            let other = try await rig.telegram.answer(to: late)
            #expect(other == "This is settled already.")
        }
        #expect(answers(core) == [.answer(asked.id, decision, session), .answer(asked.id, decision, session)])
    }

    @Test func `a press that a crash has cut off before it counted counts afterwards, unless somebody was quicker`()
        async throws
    {
        let rig = rig
        let press = try await cutOff("a7:y", by: rig.ann, asking: .test(Self.command, in: Self.turn), rig.core())
        // The next core knows nothing of it, and somebody at the terminal was quicker there.
        try await rig.running(rig.core()) { _ in
            let told = try await rig.telegram.answer(to: press)
            #expect(told == "This is settled already.")
        }
    }

    @Test func `a press of somebody who has lost the right since counts for nothing, and they are told`() async throws {
        let rig = rig, session = rig.session(rig.ann)
        let core = ScriptedCore(names: { CoreNames(sessions: ["\(session)"]) }) { message, _ in
            .replied(CommandReply(name: "history", ok: true, text: "answer to \(message.text)"))
        }
        let asked = Approval.test(Self.command, in: Self.turn)
        rig.access.roles = [Int64(rig.bob.id): .admin]
        let press = try await cutOff(
            "a7:y", by: rig.bob, after: "/attach \(session)", answered: "attached to \(session)", asking: asked, core)
        rig.access.roles = [:]
        try await rig.running(core) { _ in
            let told = try await rig.telegram.answer(to: press)
            #expect(told == "No: you may no longer answer what is asked in \(session).")
        }
        #expect(answers(core) == [.answer(asked.id, .allow, session)])
    }
}
