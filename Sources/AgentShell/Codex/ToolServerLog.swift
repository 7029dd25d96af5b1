import JSONRPC
import Locking
import Logging

/// Tells the log of the servers of tools that do not start in Codex: once of each, for it is tried again for each thread.
///
/// A class with a lock, because the reader of the connection must not wait.
final class ToolServerLog: Sendable {
    private let logger: Logger
    private let told = Locked<Set<String>>([])

    init(_ logger: Logger) { self.logger = logger }

    func take(_ news: CodexNews.ToolServerChanged) {
        guard news.status == "failed", let name = news.name else { return }
        let reason = news.error?.text ?? "no reason is told"
        guard told.withLock({ $0.insert("\(name): \(reason)").inserted }) else { return }
        logger.warning(
            "a server of tools does not work in codex", metadata: ["server": "\(name)", "reason": "\(reason)"])
    }
}
