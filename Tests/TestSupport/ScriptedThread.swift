public import Conversation
import Synchronization

/// A thread of a ``ScriptedShell``: plays the script as fast as its reader reads.
///
/// A class with a lock, because interrupts and answers come from other tasks than the reader's.
public final class ScriptedThread: AgentThread {
    /// The turn under way: the steps left, and what ends its waiting.
    private struct Running {
        var steps: ArraySlice<ScriptedStep>
        var interrupted = Gate()
        var isInterrupted = false
        var answers: [String: Gate] = [:]

        mutating func gate(for approval: String) -> Gate {
            let gate = answers[approval] ?? Gate()
            answers[approval] = gate
            return gate
        }
    }

    /// What resumes it; nil for none.
    public let id: String?
    private let shell: ScriptedShell
    private let script: ScriptedShell.Script
    private let running = Mutex<Running?>(nil)

    init(id: String?, of shell: ScriptedShell, script: @escaping ScriptedShell.Script) {
        self.id = id
        self.shell = shell
        self.script = script
    }

    /// Plays the script of this turn.
    public func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        shell.note(.run(request.text))
        let steps = try await script(request)
        running.withLock { $0 = Running(steps: steps[...]) }
        return AsyncThrowingStream { try await self.nextEvent() }
    }

    /// Takes the text when a turn runs and the script lets it.
    public func steer(_ text: String) async throws {
        guard running.withLock({ $0 != nil }) else { throw AgentError(.refused, "no turn runs") }
        try await shell.steer(text)
    }

    /// Ends the turn at its next step.
    public func interrupt() async {
        shell.note(.interrupt)
        let gate = running.withLock { running in
            running?.isInterrupted = true
            return running?.interrupted
        }
        gate?.open()
    }

    /// Notes that the core has no more use for it.
    public func close() async { shell.note(.close) }

    /// Lets the turn go on that waits for this answer.
    public func answer(_ request: String, _ decision: ApprovalDecision) async {
        shell.note(.answer(request, decision))
        running.withLock { $0?.gate(for: request) }?.open()
    }

    private enum Next {
        case step(ScriptedStep, interrupted: Gate)
        case interrupted
        case end
    }

    private func nextEvent() async throws -> AgentEvent? {
        while true {
            switch running.withLock({ Self.takeStep(from: &$0) }) {
            case .end: return nil
            case .interrupted: return .finished(.interrupted)
            case .step(let step, let interrupted):
                if let event = try await play(step, interrupted) { return event }
            }
        }
    }

    private static func takeStep(from running: inout Running?) -> Next {
        guard var turn = running else { return .end }
        if turn.isInterrupted {
            running = nil
            return .interrupted
        }
        guard let step = turn.steps.popFirst() else { return .end }
        running = turn
        return .step(step, interrupted: turn.interrupted)
    }

    /// Returns what the step reports, if anything.
    private func play(_ step: ScriptedStep, _ interrupted: Gate) async throws -> AgentEvent? {
        switch step {
        case .event(let event):
            if case .finished = event { running.withLock { $0 = nil } }
            return event
        case .wait(let gate):
            try await pass(gate, or: interrupted)
        case .awaitAnswer(let approval):
            guard let gate = running.withLock({ $0?.gate(for: approval) }) else { return nil }
            try await pass(gate, or: interrupted)
        case .hang:
            try await interrupted.pass()
        case .fail(let error):
            running.withLock { $0 = nil }
            throw error
        case .vanish:
            running.withLock { $0 = nil }
        }
        return nil
    }

    private func pass(_ gate: Gate, or other: Gate) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gate.pass() }
            group.addTask { try await other.pass() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
