import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// The order in which a chat is told what a command is answered and what comes of it.
@Suite(.timeLimit(.minutes(1))) struct AcknowledgingTests {
    @Test(arguments: ["/cancel", "/cancel all", "/deny a7"])
    func `the answer to a command stands before what it leads to`(command: String) async throws {
        let rig = try BotRig(), session = rig.session(rig.ann), chat = rig.chat(rig.ann), later = Gate()
        let turn = Turn.ID(rawValue: 2), next = Turn.ID(rawValue: 5)
        let core = ScriptedCoreHolder(), answer = Gate()
        let scripted = ScriptedCore { message, _ in
            guard message.text == command else {
                return .replied(CommandReply(name: "status", ok: true, text: "answer to \(message.text)"))
            }
            // All of it has happened before the answer is known.
            let text = Message.test("two"), id = Message.ID(rawValue: 4)
            core.value?.tell(
                .finished(turn, Outcome(status: .cancelled, text: "half")), .accepted(id, text),
                .started(Turn(id: next, .init(id: id, message: text))),
                .finished(next, Outcome(status: .ok, text: "the answer to two")), in: session)
            later.open()
            try await answer.pass()
            return .replied(CommandReply(name: "cancel", ok: true, text: "the acknowledgement"))
        }
        core.value = scripted
        try await rig.running(scripted) { _ in
            rig.telegram.say("/status", from: rig.ann)
            try await chat.waitForBot(saying: "answer to /status")
            let message = Message.test("one"), id = Message.ID(rawValue: 1)
            scripted.tell(
                .accepted(id, message), .started(Turn(id: turn, .init(id: id, message: message))), in: session)
            try await chat.waitForButton("Cancel")
            let since = rig.clock.milliseconds
            rig.telegram.say(command, from: rig.ann)
            // Long enough for all that could pass it.
            _ = try await eventually("time passes") { rig.clock.milliseconds > since + 3_000 ? true : nil }
            try await later.pass()
            answer.open()
            try await chat.waitForBot(saying: "✅")
        }
        let texts = chat.transcript.byBot
        let told = try #require(texts.first { $0.text == "the acknowledgement" })
        for later in ["⏹ stopped", "the answer to two", "✅"] {
            let message = try #require(texts.last { $0.text.contains(later) })
            #expect(told.id < message.id, "\(texts.map(\.text))")
        }
    }
}

/// The core that a handler of its own speaks to: a class with a lock, because the handler is made before it.
private final class ScriptedCoreHolder: Sendable {
    private let held = Locked<ScriptedCore?>(nil)
    var value: ScriptedCore? {
        get { held.withLock(\.self) }
        set { held.withLock { $0 = newValue } }
    }
}
