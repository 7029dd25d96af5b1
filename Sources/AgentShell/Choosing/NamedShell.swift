public import Conversation

/// Another agent under a name of its own, perhaps with another model; the process is shared.
public struct NamedShell: ExchangeableShell {
    /// What people choose it by.
    public let name: String
    private let base: any AgentShell
    private let model: String?

    /// Calls `base` by `name`; nil leaves the model to it.
    public init(_ name: String, _ base: any AgentShell, model: String?) {
        self.name = name
        self.base = base
        self.model = model
    }

    /// Whether the agent behind the name can.
    public var playsRoles: Bool { base.playsRoles }

    /// Whether the agent behind the name does.
    public var answersByRules: Bool { base.answersByRules }

    func leased() async throws -> any AgentShell { NamedShell(name, try await base.prepared(), model: model) }

    /// Opens a thread that answers with the model of this name, unless the request names one.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        var request = request
        request.model = request.model ?? model
        return try await base.open(request)
    }

    /// How the agent behind the name is.
    public func status() async -> ShellStatus {
        var status = await base.status()
        status.name = name
        let model = model.map { "model \($0)" }
        status.detail = [status.detail, "as \(base.name)", model ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        return status
    }
}
