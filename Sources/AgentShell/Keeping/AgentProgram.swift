import Conversation
import Logging
import Processes
import Redaction

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
    /// Takes the secrets out of what the program says on its standard error; asked at each start.
    var redactor: @Sendable () -> Redactor
    /// What a line of its standard error means for people, when that says more than the program's last words.
    var meaning: @Sendable (_ line: String) -> String? = { _ in nil }

    /// Runs the program while `body` talks to it; returns why it ended, when nothing of it is left.
    ///
    /// An ``AgentError`` thrown by `body` is the reason; any other error leaves it to how the child ended.
    func run(_ body: @Sendable (RunningChild) async throws -> Void) async -> AgentError {
        let errors = ErrorOutput(redactor(), logger: logger, meaning: meaning)
        defer { errors.finish() }
        do {
            let status = try await child.run { line in
                errors.take(line)
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
            return AgentError(.unavailable, errors.lastWords(after: "\(name) \(status.status)"))
        } catch let error as ChildProcessError where error.code == .notFound {
            let place = child.executable.contains("/") ? "does not exist" : "was not found in PATH"
            return AgentError(
                .unavailable, "\(child.executable) \(place); install \(product), or set \(setting) to its path")
        } catch is CancellationError {
            return AgentError(.unavailable, "\(name) was ended with cm")
        } catch {
            return AgentError(.unavailable, "\(error)")
        }
    }
}
