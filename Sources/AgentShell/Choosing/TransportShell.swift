public import Conversation
import Locking

/// One agent that can be reached in two ways: by the second where the first does not answer.
///
/// A class with a lock: sessions prepare it at the same time. The second way is used as long as it is ready; after that
/// the first is tried again.
public final class TransportShell: AgentShell {
    /// What people choose it by.
    public let name: String
    private let first: any AgentShell
    private let second: any AgentShell
    private let isSecond = Locked(false)

    /// Calls the agent `name`, which `first` reaches, or else `second`.
    public init(_ name: String, first: any AgentShell, second: any AgentShell) {
        self.name = name
        self.first = first
        self.second = second
    }

    /// Whether the way that answered can.
    public var playsRoles: Bool { (isSecond.withLock(\.self) ? second : first).playsRoles }

    /// Prepares the first way that answers.
    ///
    /// Throws why the first does not, when the second does not either.
    public func prepare() async throws {
        if isSecond.withLock(\.self), await second.status().isReady { return }
        do {
            try await first.prepare()
            isSecond.withLock { $0 = false }
        } catch let error as AgentError where error.code == .unavailable {
            do {
                try await second.prepare()
            } catch is AgentError {
                throw error
            }
            isSecond.withLock { $0 = true }
        }
    }

    /// Opens a thread by the way that answered.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        try await (isSecond.withLock(\.self) ? second : first).open(request)
    }

    /// How the way that answered is.
    public func status() async -> ShellStatus {
        let isSecond = isSecond.withLock(\.self)
        var status = await (isSecond ? second : first).status()
        if isSecond {
            status.detail = [status.detail, "by \(second.name)"].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        status.name = name
        return status
    }
}
