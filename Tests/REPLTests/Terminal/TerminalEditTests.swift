import Conversation
import TestSupport
import Testing

@testable import REPL

/// `/edit` at a terminal.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TerminalEditTests {
    @Test func `without an editor it says what to set, and the core hears nothing`() async throws {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            try await terminal.type("/edit some text\r")
            try await terminal.wait(for: "there is no editor: set EDITOR, for example to nano, and start cm again")
            try await terminal.wait(for: "; your text is in the line")
            try await terminal.wait(forPrompt: "cm» some text")
            #expect(core.calls.isEmpty)
        }
    }

    @Test func `what is written comes into the line, and goes to the core with Enter`() async throws {
        let core = ScriptedCore.withTwoSessions()
        let scripted = try ScriptedEditor(#"cat "$1" "$1" > both; cat both > "$1""#)
        try await withFront(on: core, environment: scripted.environment) { terminal in
            try await terminal.type("/edit one\\\rtwo\r")
            try await terminal.wait("expected the text") { $0.text.suffix(4) == ["cm» one", "two", "one", "two"] }
            #expect(core.calls.isEmpty)
            try await terminal.type("\r")
            _ = try await eventually("it is handed in") {
                core.calls == [.handle("one\ntwo\none\ntwo", .test)] ? true : nil
            }
        }
    }

    @Test func `nothing written is said`() async throws {
        let scripted = try ScriptedEditor(#": > "$1""#)
        try await withFront(on: ScriptedCore.withTwoSessions(), environment: scripted.environment) { terminal in
            try await terminal.type("/edit some text\r")
            try await terminal.wait(for: "nothing was written")
            try await terminal.wait(forPrompt: "cm» ")
            #expect(terminal.screen.text.last == "cm»")
        }
    }

    @Test func `what is asked meanwhile is shown behind it, and no key of the editor answers it`() async throws {
        let core = ScriptedCore.withTwoSessions()
        let scripted = try ScriptedEditor(#"echo editing; read -r line; echo "$line" > "$1""#)
        try await withFront(on: core, environment: scripted.environment) { terminal in
            try await terminal.type("/edit\r")
            try await terminal.wait(for: "editing")
            core.tell(.started(.sample(3, "hello")), .approval(Turn.ID(rawValue: 3), .sample(7)))
            try await terminal.type("y\n")
            try await terminal.wait("expected the text") { $0.text.last?.hasSuffix(" » y") == true }
            try await terminal.wait(for: "a7 wants to run a command")
            #expect(core.calls.isEmpty)
            try await terminal.type("\u{15}")
            try await terminal.wait(for: "v view »")
            try await terminal.type("y")
            let answer = ScriptedCore.Call.answer(Approval.ID(rawValue: 7), .allow, .test)
            _ = try await eventually("it is answered") { core.calls == [answer] ? true : nil }
        }
    }

    @Test func `within a fence it is text`() async throws {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            try await terminal.type("```\r/edit\r```\r")
            _ = try await eventually("it is handed in") {
                core.calls == [.handle("```\n/edit\n```", .test)] ? true : nil
            }
        }
    }
}
