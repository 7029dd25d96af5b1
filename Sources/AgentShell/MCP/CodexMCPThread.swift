import Conversation
import Locking

/// A conversation with Codex over MCP.
///
/// A class with a lock: an interrupt can come while the process is being started.
final class CodexMCPThread: AgentThread {
    private enum State {
        /// It has no process yet.
        case new
        /// It waits for one; finishing the signal ends that.
        case starting(AsyncStream<Never>.Continuation)
        case open(CodexMCPConversation)
    }

    private let fleet: CodexMCPFleet
    /// On which terms it is begun.
    private let request: ThreadRequest
    private let state: Locked<State>

    /// A new conversation.
    init(in fleet: CodexMCPFleet, for request: ThreadRequest) {
        self.fleet = fleet
        self.request = request
        state = Locked(.new)
    }

    /// The conversation of `process`, to be gone on with.
    init(_ process: CodexMCPProcess, in fleet: CodexMCPFleet, for request: ThreadRequest) {
        self.fleet = fleet
        self.request = request
        state = Locked(.open(process.conversation))
    }

    var id: String? { conversation?.id }

    private var conversation: CodexMCPConversation? {
        state.withLock { if case .open(let conversation) = $0 { conversation } else { nil } }
    }

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        if let conversation { return try conversation.begin(request.text, for: self.request) }
        guard let process = try await start() else {
            return AsyncThrowingStream { events in
                events.yield(.finished(.interrupted))
                events.finish()
            }
        }
        return try process.conversation.begin(request.text, for: self.request)
    }

    func steer(_ text: String) async throws { throw AgentError(.refused, "Codex over MCP cannot be steered") }

    func interrupt() async {
        switch state.withLock(\.self) {
        case .new: break
        case .starting(let signal): signal.finish()
        case .open(let conversation): conversation.interrupt()
        }
    }

    func answer(_ request: String, _ decision: ApprovalDecision) async { conversation?.answer(request, decision) }

    func close() async {
        await interrupt()
        conversation?.closeIfIdle()
    }

    /// Waits for a process of its own; nil when it was interrupted before there was one.
    private func start() async throws -> CodexMCPProcess? {
        let (interrupted, signal) = AsyncStream<Never>.makeStream()
        state.withLock { $0 = .starting(signal) }
        do {
            let process = try await withThrowingTaskGroup(of: CodexMCPProcess?.self) { group in
                group.addTask { [fleet] in try await fleet.process(.own) }
                group.addTask {
                    for await _ in interrupted {}
                    return nil
                }
                let first = try await group.next() ?? nil
                group.cancelAll()
                // One that came at the same moment is given back.
                if first == nil, let late = try? await group.next() ?? nil { late.conversation.release() }
                if first == nil { try Task.checkCancellation() }
                return first
            }
            state.withLock { $0 = process.map { .open($0.conversation) } ?? .new }
            return process
        } catch {
            state.withLock { $0 = .new }
            throw error
        }
    }
}
