import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Presses of Cancel for a turn that a crash has ended, or that is not shown yet.
@Suite(.timeLimit(.minutes(1))) struct PressedStopTests {
    private let rig: BotRig

    init() throws { rig = try BotRig() }

    @Test func `the button of a turn whose agent has died stops its repetition, once, and never the next turn`()
        async throws
    {
        let rig = rig, chat = rig.chat(rig.ann), die = Gate(), last = Gate(), isAsked = Flag()
        let shell = ScriptedShell { request in
            guard request.text == "one" else { return [.wait(last)] + .answer("two is done") }
            defer { isAsked.set() }
            // Its repetition may be stopped before its agent is asked.
            return isAsked.isSet ? [.hang] : [.wait(die), .die]
        }
        try await rig.running(shell, step: .milliseconds(20)) { _ in
            rig.telegram.say("one", from: rig.ann)
            let message = try await chat.waitForButton("Cancel")
            let data = try #require(message.button("Cancel")?.data)
            rig.telegram.say("two", from: rig.ann)
            try await chat.waitForBot(saying: "queued, 1 before you")
            await die.reached()
            die.open()
            try await chat.waitForBot(saying: "runs again")
            let press = rig.telegram.press(forged: data, on: message.id, in: chat, by: rig.ann)
            let first = try await rig.telegram.answer(to: press)
            #expect(first == "Stopping")
            try await chat.waitForBot(saying: "⏹ stopped by Ann (telegram)")
            await last.reached()
            let again = rig.telegram.press(forged: data, on: message.id, in: chat, by: rig.ann)
            let second = try await rig.telegram.answer(to: again)
            #expect(second == "It runs no more.")
            last.open()
            try await chat.waitForBot(saying: "two is done")
        }
        #expect(shell.texts.last == "two" && shell.texts.count <= 3)
    }

    @Test
    func `a press is for whatever the core knows to run, though nothing is shown yet, in sessions of the chat alone`()
        async throws
    {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            rig.telegram.say("hello", from: rig.ann)
            try await chat.waitForBot(saying: "answer to hello")
            rig.telegram.say("hello", from: rig.bob)
            try await rig.chat(rig.bob).waitForBot(saying: "answer to hello")
            let press = rig.telegram.press(forged: "t9:x", on: 1, in: chat, by: rig.ann)
            let first = try await rig.telegram.answer(to: press)
            #expect(first == "Stopping")
            core.setStopping(false)
            let other = rig.telegram.press(forged: "t10:x", on: 1, in: chat, by: rig.ann)
            let second = try await rig.telegram.answer(to: other)
            #expect(second == "It runs no more.")
        }
        let stops = core.calls.filter { if case .interrupt = $0 { true } else { false } }
        let session = rig.session(rig.ann)
        #expect(
            stops == [9, 10].map { .interrupt(session, turn: Turn.ID(rawValue: $0)) }, "never in the session of Bob")
    }
}
