import Conversation
import Locking
import Logging
import Processes

/// An agent's program, run as a child.
struct AgentProgram: Sendable {
    /// What people choose the agent by.
    var name: String
    /// What it is sold as.
    var product: String
    /// The setting that names the program, for advice.
    var setting: String
    var child: ChildProcess
    var logger: Logger

    /// Runs the program while `body` talks to it; returns why it ended, when nothing of it is left.
    ///
    /// An ``AgentError`` thrown by `body` is the reason; any other error leaves it to how the child ended.
    func run(_ body: @Sendable (RunningChild) async throws -> Void) async -> AgentError {
        let lastWords = Locked("")
        do {
            let status = try await child.run { [logger] line in
                logger.debug("stderr", metadata: ["line": "\(line)"])
                lastWords.withLock { $0 = line }
            } body: { child in
                do {
                    try await body(child)
                    return AgentError?.none
                } catch let error as AgentError {
                    return error
                } catch {
                    return nil  // a broken connection: how the child ended says more
                }
            }
            if let error = status.value { return error }
            let words = lastWords.withLock { $0 }.headline(200)
            return AgentError(.unavailable, "\(name) \(status.status)" + (words.isEmpty ? "" : ": \(words)"))
        } catch let error as ChildProcessError where error.code == .notFound {
            let place = child.executable.contains("/") ? "does not exist" : "was not found in PATH"
            return AgentError(
                .unavailable, "\(child.executable) \(place); install \(product), or set \(setting) to its path")
        } catch {
            return AgentError(.unavailable, "\(error)")
        }
    }
}
