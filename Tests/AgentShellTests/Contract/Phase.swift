import Conversation
import TestSupport
import Testing

@testable import AgentShell

/// What an agent is at when something happens to it.
enum Phase: String, CaseIterable, CustomTestStringConvertible {
    case idle, streaming, running, waiting

    var testDescription: String { rawValue }

    /// Those with a turn.
    static let busy: [Phase] = [.streaming, .running, .waiting]

    /// Whether `event` says that the agent is in it, or, for a command that runs, soon will be.
    func isReached(by event: AgentEvent) -> Bool {
        switch (self, event) {
        case (.streaming, .delta), (.running, .action), (.waiting, .approval): true
        default: false
        }
    }
}

extension Contract {
    /// How the agent is brought into `phase`; nil when it never is in it.
    func errand(into phase: Phase, in world: ContractWorld) -> Errand? {
        switch phase {
        case .idle: nil
        case .streaming: agent.can(.streams) ? world.errand(.talk) : nil
        case .running: world.errand(.work)
        case .waiting: agent.can(.asks) ? world.errand(.command("made")) : nil
        }
    }

    /// Plays a turn to its end, during which `act` is done once in `phase`.
    func play(
        _ errand: Errand, on thread: any AgentThread, in world: ContractWorld, at phase: Phase,
        _ act: @escaping @Sendable () async throws -> Void
    ) async throws -> Story {
        let reached = Gate(), begun = Flag()
        async let acted = {
            try await reached.pass()
            if phase == .running { try await world.place.commandRuns() }
            begun.set()
            let start = ContinuousClock.now
            try await act()
            return start
        }()
        var story = try await play(errand.prompt, on: thread, deciding: phase == .waiting ? nil : .allow) { event in
            if phase.isReached(by: event) { reached.open() }
        }
        try #require(begun.isSet, "the turn ended before it was \(phase): \(story)")
        story.actedAt = try await acted
        return story
    }
}
