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

    private func told(_ press: String) async throws -> String {
        try await eventually("the answer to a press") {
            rig.telegram.answersToCallbacks.first { $0.query == press }?.text
        }
    }

    @Test(
        arguments: [
            (command, "a7:y", .allow), (command, "a7:s", .allowForSession), (command, "a7:n", .deny(reason: nil)),
            (question, "a7:1", .answer("blue")),
        ] as [(ApprovalRequest, String, ApprovalDecision)])
    func `a press that has counted before a crash is told so, and a later one that it came too late`(
        request: ApprovalRequest, data: String, decision: ApprovalDecision
    ) async throws {
        let rig = rig, gate = Gate(), core = rig.core(), session = rig.session(rig.ann), chat = rig.chat(rig.ann)
        let asked = Approval.test(request, in: Self.turn)
        core.tell(.approval(Self.turn, asked), in: session)
        core.holdAnswers(at: gate)
        let first = Locked("")
        try await rig.running(core) { _ in
            rig.telegram.say("hello", from: rig.ann)
            try await chat.waitForBot(saying: "answer to hello")
            let press = rig.telegram.press(forged: data, on: 1, in: chat, by: rig.ann)
            first.withLock { $0 = press }
            await gate.reached()
        }
        // It counts, and nobody was told.
        var answered = asked
        answered.answer = Approval.Answer(decision, by: "Ann (telegram)", basis: .person)
        core.tell(.approval(Self.turn, answered), in: session)
        core.holdAnswers(at: nil)
        try await rig.running(core) { _ in
            let again = try await told(first.withLock(\.self))
            #expect(again == "Done")
            let late = rig.telegram.press(forged: data, on: 1, in: chat, by: rig.ann)
            let other = try await told(late)
            #expect(other == "This is settled already.")
        }
        let answers = core.calls.filter { if case .answer = $0 { true } else { false } }
        #expect(answers == [.answer(asked.id, decision, session), .answer(asked.id, decision, session)])
    }

    @Test func `a press that a crash has cut off before it counted counts afterwards, unless somebody was quicker`()
        async throws
    {
        let rig = rig, gate = Gate(), core = rig.core(), session = rig.session(rig.ann), chat = rig.chat(rig.ann)
        let asked = Approval.test(Self.command, in: Self.turn)
        core.tell(.approval(Self.turn, asked), in: session)
        core.holdAnswers(at: gate)
        let press = Locked("")
        try await rig.running(core) { _ in
            rig.telegram.say("hello", from: rig.ann)
            try await chat.waitForBot(saying: "answer to hello")
            let made = rig.telegram.press(forged: "a7:y", on: 1, in: chat, by: rig.ann)
            press.withLock { $0 = made }
            await gate.reached()
        }
        // The next core knows nothing of it, and somebody at the terminal was quicker there.
        try await rig.running(rig.core()) { _ in
            let told = try await told(press.withLock(\.self))
            #expect(told == "This is settled already.")
        }
    }

    @Test func `a press of somebody who has lost the right since counts for nothing, and they are told`() async throws {
        let rig = rig, gate = Gate(), chat = rig.chat(rig.bob), session = rig.session(rig.ann)
        let core = ScriptedCore(names: { CoreNames(sessions: ["\(session)"]) }) { message, _ in
            .replied(CommandReply(name: "history", ok: true, text: "answer to \(message.text)"))
        }
        let asked = Approval.test(Self.command, in: Self.turn)
        core.tell(.approval(Self.turn, asked), in: session)
        core.holdAnswers(at: gate)
        rig.access.roles = [Int64(rig.bob.id): .admin]
        let press = Locked("")
        try await rig.running(core) { _ in
            rig.telegram.say("/attach \(session)", from: rig.bob)
            try await chat.waitForBot(saying: "attached to \(session)")
            let made = rig.telegram.press(forged: "a7:y", on: 1, in: chat, by: rig.bob)
            press.withLock { $0 = made }
            await gate.reached()
        }
        core.holdAnswers(at: nil)
        rig.access.roles = [:]
        try await rig.running(core) { _ in
            let told = try await told(press.withLock(\.self))
            #expect(told == "No: you may no longer answer what is asked in \(session).")
        }
        let answers = core.calls.filter { if case .answer = $0 { true } else { false } }
        #expect(answers == [.answer(asked.id, .allow, session)])
    }
}
