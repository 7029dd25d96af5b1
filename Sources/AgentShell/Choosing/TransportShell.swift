public import Conversation
import Locking

/// One agent that can be reached in two ways: by the second where the first does not answer.
///
/// A class with a lock: sessions prepare it at the same time. The second way is used as long as it is ready; after that
/// the first is tried again.
public final class TransportShell: ExchangeableShell {
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

    /// Whether the way that answered does.
    public var answersByRules: Bool { (isSecond.withLock(\.self) ? second : first).answersByRules }

    /// The first way that answers, under the name of both: whoever holds it stays with it.
    ///
    /// Throws why the first does not, when the second does not either.
    func leased() async throws -> any AgentShell {
        if isSecond.withLock(\.self), await second.status().isReady { return named(try await second.prepared()) }
        do {
            let shell = try await first.prepared()
            isSecond.withLock { $0 = false }
            return named(shell)
        } catch let error as AgentError where error.code == .unavailable {
            let shell: any AgentShell
            do {
                shell = try await second.prepared()
            } catch is AgentError {
                throw error
            }
            isSecond.withLock { $0 = true }
            return named(shell)
        }
    }

    private func named(_ way: any AgentShell) -> any AgentShell { NamedShell(name, way, model: nil) }

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
