import Foundation
import Testing

@testable import REPL

/// Keys that answer without Enter, at a terminal.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorOfferTests {
    private let offer = KeyOffer(
        id: 7, prompt: Prompt("allow? "), keys: ["y", "n"], writing: ["e": Prompt("your reason » ")])

    /// Makes the offer and returns when its prompt is there.
    private func offer(at desk: Desk) async throws {
        desk.editor.setPrompt("> ", offer: offer)
        try await desk.terminal.wait(forLines: ["allow?"])
    }

    @Test func `A key answers without Enter and leaves nothing behind`() async throws {
        try await withEditor { desk in
            try await offer(at: desk)
            try await desk.terminal.type("Y")
            #expect(await desk.nextEvent() == .choice(KeyChoice(offer: 7, key: "y")))
            try await desk.terminal.wait(forLines: [">"])
        }
    }

    @Test func `With a line begun keys are typed, and the emptied line brings the offer back`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("w")
            try await desk.terminal.wait(forLines: ["> w"])
            desk.editor.setPrompt("> ", offer: offer)
            try await desk.terminal.type("hy\r")
            #expect(await desk.nextEvent() == .line("why"))
            try await desk.terminal.wait(forLines: ["> why", "allow?"])
            try await desk.terminal.type("x")
            try await desk.terminal.wait(forLines: ["> why", "> x"])
            try await desk.terminal.type("\u{7F}")
            try await desk.terminal.wait(forLines: ["> why", "allow?"])
            try await desk.terminal.type("n")
            #expect(await desk.nextEvent() == .choice(KeyChoice(offer: 7, key: "n")))
        }
    }

    @Test func `Several keys at once, an arrow and a paste answer nothing`() async throws {
        try await withEditor { desk in
            try await offer(at: desk)
            try await desk.terminal.type("yes")
            try await desk.terminal.wait(forLines: ["> yes"])
            try await desk.terminal.type("\u{15}")
            try await desk.terminal.wait(forLines: ["allow?"])
            try await desk.terminal.type("\u{1B}[200~y\u{1B}[201~")
            try await desk.terminal.wait(forLines: ["> y"])
            try await desk.terminal.type("\r")
            #expect(await desk.nextEvent() == .line("y"))
            try await desk.terminal.wait(forLines: ["> y", "allow?"])
            try await desk.terminal.type("\u{1B}[A")
            try await desk.terminal.wait(forLines: ["> y", "> y"])
        }
    }

    @Test func `A reason is typed behind its own prompt, and is not kept as a line of the history`() async throws {
        try await withEditor { desk in
            try await offer(at: desk)
            try await desk.terminal.type("e")
            try await desk.terminal.wait(forLines: ["your reason »"])
            try await desk.terminal.type("not now\r")
            #expect(await desk.nextEvent() == .choice(KeyChoice(offer: 7, key: "e", text: "not now")))
            try await desk.terminal.wait(forLines: ["your reason » not now", ">"])
            try await desk.terminal.type("\u{1B}[A!")
            try await desk.terminal.wait(forLines: ["your reason » not now", "> !"])
        }
    }

    @Test(arguments: ["\u{1B}", "\u{3}"])
    func `Escape and Ctrl-C drop the reason and lead back`(key: String) async throws {
        try await withEditor { desk in
            try await offer(at: desk)
            try await desk.terminal.type("e")
            try await desk.terminal.wait(forLines: ["your reason »"])
            try await desk.terminal.type("because")
            try await desk.terminal.wait(forLines: ["your reason » because"])
            try await desk.terminal.type(key)
            try await desk.terminal.wait(forLines: ["allow?"])
            try await desk.terminal.type("y")
            #expect(await desk.nextEvent() == .choice(KeyChoice(offer: 7, key: "y")))
        }
    }

    @Test func `Ctrl-C with an offer is the same as without`() async throws {
        try await withEditor { desk in
            try await offer(at: desk)
            try await desk.terminal.type("\u{3}")
            #expect(await desk.nextEvent() == .interrupt(typed: false))
            try await desk.terminal.wait(forLines: ["allow?"])
        }
    }

    @Test func `In the command mode of vi a key answers, and a reason is typed as text`() async throws {
        let path = NSTemporaryDirectory() + "cm-vi-\(UUID())"
        try "bind -v\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }  // in a directory that is cleaned anyway
        try await withEditor(configure: { $0.keyBindingsPath = path }) { desk in
            try await desk.terminal.type("\u{1B}")
            try await offer(at: desk)
            try await desk.terminal.type("e")
            try await desk.terminal.wait(forLines: ["your reason »"])
            try await desk.terminal.type("dd\r")
            #expect(await desk.nextEvent() == .choice(KeyChoice(offer: 7, key: "e", text: "dd")))
        }
    }

    @Test func `An offer that is withdrawn takes its prompt along`() async throws {
        try await withEditor { desk in
            try await offer(at: desk)
            desk.editor.setPrompt("> ")
            try await desk.terminal.wait(forLines: [">"])
            try await desk.terminal.type("y")
            try await desk.terminal.wait(forLines: ["> y"])
        }
    }
}
