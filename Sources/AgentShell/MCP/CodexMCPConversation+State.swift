#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Conversation
import JSONRPC

extension CodexMCPConversation {
    /// Whose a conversation is, and the turn that runs in it.
    ///
    /// Every method returns what is to be done or told.
    struct State {
        struct Running {
            var turn: CodexMCPTurn
            var events: Events.Continuation
            var questions: [String: CodexMCPQuestion] = [:]
            var number: Int
        }

        /// How the turn ends with which the process was given up.
        struct LastTurn {
            var events: Events.Continuation
            var ending: Result<[AgentEvent], AgentError>
        }

        private enum Phase {
            /// Nobody's yet.
            case free
            case idle
            case busy(Running)
            /// The process is not used any more and ends; what is to be told of its last turn waits for that.
            case ending(LastTurn?)
            case over
        }

        private var phase = Phase.free
        /// How the server wants its tools called; nil before the handshake.
        var tools: CodexMCPTools?
        /// Where the conversation works, which it keeps; nil before its first turn.
        private(set) var directory: String?
        /// What Codex calls the conversation; nil until it is told, which not every server does.
        private var threadID: String?
        /// What we call it as long as Codex has not told.
        ///
        /// A UUID as well: Codex's other transport may be asked for it, and says of such a one that there is none.
        private let ownID = UUID().uuidString.lowercased()
        /// What the agent is to be told with the next message.
        var notes: [String] = []
        private var total: JSONValue?
        private var turns = 0
        private(set) var wasGivenUp = false
        private var lastUse = ContinuousClock.now
        /// How often in a row somebody looked and found it unused.
        private var idleChecks = 0

        var id: String? { turns > 0 ? threadID ?? ownID : nil }

        var isOver: Bool {
            switch phase {
            case .free, .idle, .busy: false
            case .ending, .over: true
            }
        }

        var idleSince: ContinuousClock.Instant? {
            switch phase {
            case .free, .idle: lastUse
            case .busy, .ending, .over: nil
            }
        }

        /// Takes what Codex calls the conversation; the first name counts.
        mutating func learn(_ id: String) { threadID = threadID ?? id }
    }
}

// MARK: - Its owner

extension CodexMCPConversation.State {
    mutating func claim() -> Bool {
        guard case .free = phase else { return false }
        phase = .idle
        return true
    }

    mutating func release() {
        if case .idle = phase, turns == 0 { phase = .free }
    }

    mutating func touch() -> Bool {
        guard !isOver else { return false }
        idleChecks = 0
        lastUse = .now
        return true
    }

    mutating func countIdleCheck() -> Int {
        switch phase {
        case .busy, .ending, .over: idleChecks = 0
        case .free, .idle: idleChecks += 1
        }
        return idleChecks
    }

    /// Returns whether the process is to end now.
    mutating func closeIfIdle() -> Bool {
        switch phase {
        case .free, .idle:
            phase = .ending(nil)
            wasGivenUp = true
            return true
        case .busy, .ending, .over: return false
        }
    }
}

// MARK: - Turns

extension CodexMCPConversation.State {
    /// What came of a change of the running turn.
    struct Update {
        var events: [AgentEvent]
        var continuation: CodexMCPConversation.Events.Continuation
        /// Whether the process is to end now.
        var isOver = false
    }

    /// Returns the call to make, and the number of the turn that it is.
    mutating func begin(
        _ text: String, for request: ThreadRequest, _ options: CodexMCPOptions,
        telling events: CodexMCPConversation.Events.Continuation
    ) throws -> (CodexMCPCall.CallTool, number: Int) {
        guard let tools else { throw AgentError(.unavailable, "its handshake is not over") }
        guard case .idle = phase else { throw AgentError(.died, "the process of the conversation has ended") }
        let isFirst = turns == 0
        if isFirst { directory = request.workingDirectory ?? options.workingDirectory }
        turns += 1
        idleChecks = 0
        phase = .busy(Running(turn: CodexMCPTurn(total: total), events: events, number: turns))
        let text = (notes + [text]).joined(separator: "\n\n")
        notes = []
        let call = isFirst ? tools.begin(text, for: request, options) : tools.goOn(text, in: threadID)
        return (call, turns)
    }

    /// Changes the running turn; returns nil when none runs.
    ///
    /// After any end but a good one the process is given up: its answers could not be matched with calls any more. What
    /// is to be told then waits for its end.
    mutating func update(_ change: (inout Running) -> [AgentEvent]) -> Update? {
        guard case .busy(var running) = phase else { return nil }
        let events = change(&running)
        guard running.turn.isOver else {
            phase = .busy(running)
            return Update(events: events, continuation: running.events)
        }
        total = running.turn.threadTotal
        lastUse = .now
        let canGoOn = threadID != nil || tools?.needsThread == false
        guard events.last == .finished(.completed), canGoOn else {
            phase = .ending(LastTurn(events: running.events, ending: .success(events)))
            wasGivenUp = true
            return Update(events: [], continuation: running.events, isOver: true)
        }
        phase = .idle
        return Update(events: events, continuation: running.events)
    }

    /// Returns whether the process is to end now.
    mutating func end(_ error: AgentError, number: Int?) -> Bool {
        switch phase {
        case .free, .idle: phase = .ending(nil)
        case .busy(let running):
            guard number == nil || running.number == number else { return false }
            phase = .ending(LastTurn(events: running.events, ending: .failure(error)))
        case .ending, .over: return false
        }
        return true
    }

    /// Returns the turn to end, if there is one.
    mutating func bury() -> LastTurn? {
        defer { phase = .over }
        if case .ending(let last) = phase { return last } else { return nil }
    }
}
