import Conversation
import JSONRPC
import Locking

/// The open threads of a Codex process, and the way from its messages to them.
///
/// A class with a lock, because the reader of the connection must not wait.
final class ThreadTable: Sendable {
    private let threads = Locked<[String: CodexThread]>([:])

    var count: Int { threads.withLock { $0.count } }

    subscript(id: String) -> CodexThread? { threads.withLock { $0[id] } }

    /// The thread `id`, added when it is new.
    func add(_ id: String, of process: CodexProcess) -> CodexThread {
        threads.withLock { threads in
            if let known = threads[id] { return known }
            let thread = CodexThread(id, of: process)
            threads[id] = thread
            return thread
        }
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
        let all = threads.withLock { threads in
            defer { threads = [:] }
            return Array(threads.values)
        }
        for thread in all { thread.end(error) }
    }

    private func destination(of message: IncomingMessage) -> (CodexThread, JSONValue)? {
        // Unreadable parameters are those of a version to come; the turn goes on without them.
        guard let params = try? message.params(as: JSONValue.self), let id = params["threadId"]?.text else {
            return nil
        }
        return self[id].map { ($0, params) }
    }
}
