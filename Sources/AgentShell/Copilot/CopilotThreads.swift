import Conversation
import JSONRPC
import Locking

/// The open sessions of a Copilot process, and the way from its messages to them.
///
/// A class with a lock, because the reader of the connection must not wait.
final class CopilotThreads: Sendable {
    private let threads = Locked<[String: CopilotThread]>([:])

    var count: Int { threads.withLock { $0.count } }

    var all: [CopilotThread] { threads.withLock { Array($0.values) } }

    subscript(id: String) -> CopilotThread? { threads.withLock { $0[id] } }

    func add(_ thread: CopilotThread) { threads.withLock { $0[thread.sessionID] = thread } }

    func remove(_ thread: CopilotThread) {
        threads.withLock { if $0[thread.sessionID] === thread { $0[thread.sessionID] = nil } }
    }

    /// Hands a message to its session; returns whether a request among them will be answered.
    func take(_ incoming: Incoming) -> Bool {
        switch incoming {
        case .notification(let message):
            guard message.method == "session.event", let (thread, params) = destination(of: message) else {
                return true
            }
            if let event = params["event"] { thread.take(event) }
            return true
        case .request(let message, let reply):
            guard message.method == "userInput.request", let (thread, params) = destination(of: message) else {
                return false
            }
            thread.take(CopilotQuestion(params, reply))
            return true
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

    private func destination(of message: IncomingMessage) -> (CopilotThread, JSONValue)? {
        // Unreadable parameters are those of a version to come; the turn goes on without them.
        guard let params = try? message.params(as: JSONValue.self), let id = params["sessionId"]?.text else {
            return nil
        }
        return self[id].map { ($0, params) }
    }
}
