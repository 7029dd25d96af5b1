import Conversation
import TestSupport
import Testing

@testable import REPL

/// Runs a terminal front on `core` at a terminal of its own while `body` runs, then cancels it and waits for its end.
func withFront(
    on core: any Core, sender: String = "me", clock: any Clock<Duration> = ContinuousClock(),
    news: AsyncStream<Notice>? = nil, environment: [String: String] = [:],
    _ body: (PseudoTerminal) async throws -> Void
) async throws {
    let terminal = try PseudoTerminal(columns: 100, rows: 50)
    var options = TerminalFront.Options(
        session: .test, author: "ann", sender: sender, isColoured: false, historyPath: nil)
    options.version = "1.2.3"
    options.environment = environment
    if let news { options.news = news }
    let front = TerminalFront(options: options, terminal: terminal.device, clock: clock)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await front.run(core) }
        // Before that the kernel echoes what is typed.
        try await terminal.wait("expected a prompt") { $0.hasPasteMarkers && $0.text.last?.hasPrefix("cm»") == true }
        try await body(terminal)
        group.cancelAll()
        do { try await group.waitForAll() } catch is CancellationError {}
    }
}

extension PseudoTerminal {
    /// Waits until a line of the screen holds `text`.
    func wait(for text: String, at location: SourceLocation = #_sourceLocation) async throws {
        try await wait("expected “\(text)”", at: location) { $0.text.contains { $0.contains(text) } }
    }

    /// Waits until the last line, in which the person types, is `prompt`, whatever the number of seconds in it.
    func wait(forPrompt prompt: String, at location: SourceLocation = #_sourceLocation) async throws {
        try await wait("expected the prompt “\(prompt)”", at: location) { screen in
            // A busy machine may take its time.
            screen.text.last.map { ($0 + " ").replacing(/\d+ s/, with: "0 s").hasPrefix(prompt) } == true
        }
    }

    /// How many lines of the screen hold `text`.
    func count(of text: String) -> Int { screen.text.count { $0.contains(text) } }
}

extension SessionID {
    /// Another session.
    static let other = SessionID(rawValue: "tty:b")
}

extension Turn {
    /// A turn for what `sender` said.
    static func sample(
        _ id: Int64, _ text: String, from sender: String = "other", author: String = "ben", attempt: Int = 1
    ) -> Turn {
        let message = Message(text: text, author: author, origin: .terminal, sender: sender)
        return Turn(
            id: ID(rawValue: id),
            SessionState.Waiting(id: Message.ID(rawValue: id - 1), message: message, attempt: attempt))
    }
}

extension CommandReply {
    /// The answer to `/attach` that leads to `session`.
    static func attaching(to session: SessionID) -> CommandReply {
        var reply = CommandReply(name: "attach", ok: true, text: "attached to \(session)")
        reply.attaches = session
        return reply
    }
}

extension ScriptedCore {
    /// A core with two sessions: takes all messages, and knows `/attach`, `/history` and `/quit`.
    static func withTwoSessions(
        history: String = "nothing was said yet", greeting: Greeter? = nil,
        names: @escaping @Sendable () async throws -> CoreNames = { CoreNames() }
    ) -> ScriptedCore {
        let handle: Handler = { message, _ in
            switch message.text {
            case "/attach b": .replied(.attaching(to: .other))
            case "/attach default": .replied(.attaching(to: .test))
            case "/history 2": .replied(CommandReply(name: "history", ok: true, text: history))
            case "/quit": .replied(CommandReply(name: "quit", ok: true, text: "", leaves: true))
            default: .accepted(Receipt(message: Message.ID(rawValue: 2), ahead: 0))
            }
        }
        guard let greeting else { return ScriptedCore(names: names, handle: handle) }
        return ScriptedCore(greeting: greeting, names: names, handle: handle)
    }
}
