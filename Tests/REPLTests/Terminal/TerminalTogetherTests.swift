import Conversation
import TestSupport
import Testing

@testable import REPL

/// Two terminals of one person in one session: they differ by their fronts alone.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TerminalTogetherTests {
    /// Runs `body` with two terminals in the same session of a core.
    private func withBoth(
        _ shell: ScriptedShell, _ body: (_ here: PseudoTerminal, _ there: PseudoTerminal) async throws -> Void
    ) async throws {
        try await withHub(shell) { hub in
            try await withFront(on: hub, sender: "here") { here in
                try await here.wait(for: "agent scripted")
                try await withFront(on: hub, sender: "there") { there in
                    try await there.wait(for: "agent scripted")
                    try await body(here, there)
                }
            }
        }
    }

    @Test func `each sees what the other typed, what waits, and what runs next after a stop`() async throws {
        try await withBoth(ScriptedShell { $0.text == "first" ? [.hang] : .answer("re: \($0.text)") }) { here, there in
            try await here.type("first\r")
            try await there.wait(for: "ann (tty): first")
            try await here.wait(forPrompt: "cm 0 s » ")
            try await there.type("second\r")
            try await here.wait(for: "ann (tty): second · waits, 1 before it")
            try await there.wait(for: "queued, 1 before it")
            try await there.type("\u{3}")
            try await there.wait(for: "■ stopped after")
            // Of the same name, and another terminal.
            try await here.wait(for: "■ stopped by ann (terminal) after")
            for terminal in [here, there] {
                try await terminal.wait(for: "1 message waits and is next; /cancel all drops it too")
                try await terminal.wait(for: "re: second")
            }
            #expect(here.count(of: "ann (tty): second") == 2)
            #expect(there.count(of: "ann (tty): second") == 0 && there.count(of: "› second") == 1)
        }
    }

    @Test func `a turn that is stopped by a command is told with who did it at the other terminal`() async throws {
        try await withBoth(ScriptedShell { _ in [.hang] }) { here, there in
            try await here.type("go\r")
            try await here.wait(forPrompt: "cm 0 s » ")
            try await here.type("/cancel\r")
            try await here.wait(for: "■ stopped after")
            try await there.wait(for: "■ stopped by ann (terminal) after")
        }
    }

    @Test func `a change is told where it was not made`() async throws {
        try await withBoth(ScriptedShell { .answer("re: \($0.text)") }) { here, there in
            try await here.type("/mode plan\r")
            try await there.wait(for: "mode: plan")
            try await there.type("/agent scripted\r")
            try await here.wait(for: "agent: scripted")
            try await here.type("/new\r")
            try await there.wait("expected the news") { $0.text.contains("a new conversation begins") }
            try await here.wait(for: "a new conversation begins (mode: single)")
            for terminal in [here, there] {
                #expect(terminal.count(of: "mode: plan") == 1 && terminal.count(of: "agent: scripted") == 1)
                #expect(terminal.count(of: "a new conversation begins") == 1)
            }
        }
    }

    @Test func `an answer is told with who gave it, and closes the question for the other`() async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "make test")
        let shell = ScriptedShell { _ in ScriptedStep.ask(request) + .answer("done") }
        try await withBoth(shell) { here, there in
            try await here.type("go\r")
            for terminal in [here, there] {
                try await terminal.wait("expected the offer") { $0.text.last?.hasSuffix("v view »") == true }
            }
            try await there.type("y")
            try await there.wait(for: "make test · allowed once")
            try await here.wait(for: "make test · allowed by ann (terminal)")
            for terminal in [here, there] {
                try await terminal.wait(for: "done")
                try await terminal.wait(forPrompt: "cm» ")
            }
        }
    }
}
