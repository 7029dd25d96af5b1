public import JSONRPC

/// The tools of a core in another process, for the session that its client named with its key.
public struct RemoteTools: ToolSource {
    private let client: ControlClient

    /// Offers the tools that `client` may call.
    public init(_ client: ControlClient) { self.client = client }

    /// The tools there are now.
    public func tools() async throws -> [ToolDescription] {
        try await client.send(ControlCall.ListTools()).tools
    }

    /// What a tool answers.
    public func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        try await client.send(ControlCall.CallTool(name: name, arguments: arguments))
    }
}
