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
    /// What a line of its standard error means for people, when that says more than the program's last words.
    var meaning: @Sendable (_ line: String) -> String? = { _ in nil }

    /// Runs the program while `body` talks to it; returns why it ended, when nothing of it is left.
    ///
    /// An ``AgentError`` thrown by `body` is the reason; any other error leaves it to how the child ended.
    func run(_ body: @Sendable (RunningChild) async throws -> Void) async -> AgentError {
        let lastWords = Locked(LastWords())
        do {
            let status = try await child.run { line in
                logger.debug("stderr", metadata: ["line": "\(line)"])
                let meaning = meaning(line)
                lastWords.withLock { $0.take(line, meaning: meaning) }
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
            return AgentError(.unavailable, lastWords.withLock { $0.text(after: "\(name) \(status.status)") })
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

    /// What a program said last on its standard error.
    private struct LastWords {
        private var line = ""
        private var meaning: String?

        mutating func take(_ line: String, meaning: String?) {
            self.meaning = meaning ?? self.meaning
            // What comes after an error is where it happened in the program's code.
            if line.hasPrefix("Stack backtrace") || line.hasPrefix("   ") || line.allSatisfy(\.isWhitespace) { return }
            self.line = line
        }

        func text(after ending: String) -> String {
            let words = line.headline(200)
            return meaning ?? (words.isEmpty ? ending : "\(ending): \(words)")
        }
    }
}
