public import Conversation
public import JSONRPC

/// The tools of a session of a core in another process.
///
/// An agent's client may only call those of the session that it named with its key; a person's, those of any.
public struct RemoteTools: ToolSource {
    private let client: ControlClient
    private let session: SessionName

    /// Offers the tools of `session` that `client` may call.
    public init(_ client: ControlClient, of session: SessionID) {
        self.client = client
        self.session = SessionName(session)
    }

    /// The tools there are now.
    public func tools() async throws -> [ToolDescription] {
        try await client.send(ControlCall.ListTools(session: session)).tools
    }

    /// What a tool answers.
    public func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        try await client.send(ControlCall.CallTool(session: session, name: name, arguments: arguments))
    }
}
