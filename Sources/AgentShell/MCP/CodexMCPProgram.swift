import Conversation
import Locking
import Logging
import Processes

/// The program that serves Codex over MCP, run as a child.
struct CodexMCPProgram: Sendable {
    var name: String
    var child: ChildProcess
    var logger: Logger

    /// Runs the program while `body` talks to it; returns why it ended, when nothing of it is left.
    ///
    /// An ``AgentError`` thrown by `body` is the reason; any other error leaves it to how the child ended.
    func run(_ body: @Sendable (RunningChild) async throws -> Void) async -> AgentError {
        let words = Locked(LastWords())
        do {
            let status = try await child.run { [logger] line in
                logger.debug("stderr", metadata: ["line": "\(line)"])
                words.withLock { $0.take(line) }
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
            return words.withLock { $0.error(name: name, command: child.executable, status: status.status) }
        } catch let error as ChildProcessError where error.code == .notFound {
            let place = child.executable.contains("/") ? "does not exist" : "was not found in PATH"
            return AgentError(
                .unavailable, "\(child.executable) \(place); install Codex, or set codex.mcp_command to its path")
        } catch is CancellationError {
            return AgentError(.unavailable, "\(name) was ended with cm")
        } catch {
            return AgentError(.unavailable, "\(error)")
        }
    }

    /// What a program said last on its standard error.
    private struct LastWords {
        private var line = ""
        private var hasNoServer = false

        mutating func take(_ line: String) {
            // What comes after an error of Codex is where it happened in its code.
            if line.hasPrefix("Stack backtrace") || line.hasPrefix("   ") || line.allSatisfy(\.isWhitespace) { return }
            self.line = line
            // Codex takes `mcp-server` for something said to it when it has no such command.
            if line.contains("stdin is not a terminal") { hasNoServer = true }
        }

        func error(name: String, command: String, status: ExitStatus) -> AgentError {
            if hasNoServer {
                return AgentError(
                    .unavailable,
                    "\(command) has no MCP server any more (Codex dropped it in 0.154); set codex.transport = app-server"
                )
            }
            let words = line.headline(200)
            return AgentError(.unavailable, "\(name) \(status)" + (words.isEmpty ? "" : ": \(words)"))
        }
    }
}
