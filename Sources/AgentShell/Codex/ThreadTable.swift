import Conversation
import JSONRPC
import Locking

/// The open threads of a Codex process, and the way from its messages to them.
///
/// A class with a lock, because the reader of the connection must not wait.
final class ThreadTable: Sendable {
    private struct State {
        var threads: [String: CodexThread] = [:]
        /// Those whose turns are ended and of which Codex is told that we no longer listen.
        var leaving: [String: Signal] = [:]
    }

    private let state = Locked(State())

    /// How many can be used.
    var count: Int { state.withLock { state in state.threads.keys.count { state.leaving[$0] == nil } } }

    /// The open thread `id`, which counts as used at `age`; nil when there is none.
    ///
    /// Waits for one that is being left: it has to be resumed then.
    func use(_ id: String, at age: Duration) async throws -> CodexThread? {
        if let leaving = state.withLock({ $0.leaving[id] }) { try await leaving.given() }
        return state.withLock { state in
            state.threads[id]?.use(at: age)
            return state.threads[id]
        }
    }

    /// Adds `thread`; returns the one of this id that was added before, if there is one.
    func add(_ thread: CodexThread) -> CodexThread {
        state.withLock { state in
            if let known = state.threads[thread.threadID] { return known }
            state.threads[thread.threadID] = thread
            return thread
        }
    }

    /// Gives up the threads that were not used since `age`; each is to be left, and then ``left(_:)`` called.
    func takeUnused(since age: Duration) -> [String] {
        state.withLock { state in
            let unused = state.threads.filter { state.leaving[$0.key] == nil && $0.value.isUnused(since: age) }
            for id in unused.keys { state.leaving[id] = Signal() }
            return Array(unused.keys)
        }
    }

    /// Gives up `thread`, of which all is heard until ``left(_:)``; returns false when that was done before.
    func beginLeaving(_ thread: CodexThread) -> Bool {
        state.withLock { state in
            let id = thread.threadID
            guard state.threads[id] === thread, state.leaving[id] == nil else { return false }
            state.leaving[id] = Signal()
            return true
        }
    }

    /// Nothing that Codex says about the thread `id` is heard any more, and it may be resumed again.
    func left(_ id: String) {
        state.withLock { state in
            state.threads[id] = nil
            return state.leaving.removeValue(forKey: id)
        }?.give()
    }

    /// Hands a message to its thread; returns whether a request among them will be answered.
    func take(_ incoming: Incoming) -> Bool {
        switch incoming {
        case .notification(let message):
            guard let (thread, params) = destination(of: message) else { return true }
            thread.take(message.method, params)
            return true
        case .request(let message, let reply):
            guard let (thread, params) = destination(of: message) else { return false }
            return thread.take(message.method, params, reply)
        }
    }

    /// Ends every running turn.
    func end(_ error: AgentError) {
        let all = state.withLock { state in
            defer { state = State() }
            return state
        }
        for thread in all.threads.values { thread.end(error) }
        for leaving in all.leaving.values { leaving.give() }
    }

    private func destination(of message: IncomingMessage) -> (CodexThread, JSONValue)? {
        // Unreadable parameters are those of a version to come; the turn goes on without them.
        guard let params = try? message.params(as: JSONValue.self), let id = params["threadId"]?.text else {
            return nil
        }
        return state.withLock { $0.threads[id] }.map { ($0, params) }
    }
}
