import Conversation
import JSONRPC

/// What a session needs to know each time it is created or resumed.
struct CopilotSessionSettings: Sendable {
    private enum Key: CodingKey {
        case sessionId, clientName, model, provider, workingDirectory, streaming, requestPermission, requestUserInput
        case mcpServers, systemMessage
    }

    var model: String?
    var provider: CopilotProvider?
    var workingDirectory: String
    /// Ours; nil for none.
    var tools: ToolServer?

    func encode(to encoder: any Encoder, of session: String) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(session, forKey: .sessionId)
        try container.encode("cm", forKey: .clientName)
        try container.encode(workingDirectory, forKey: .workingDirectory)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(provider, forKey: .provider)
        try container.encode(true, forKey: .streaming)
        // Without these the agent is denied everything, and asks nothing.
        try container.encode(true, forKey: .requestPermission)
        try container.encode(true, forKey: .requestUserInput)
        guard let tools else { return }
        try container.encode([tools.name: Self.server(tools)], forKey: .mcpServers)
        guard !tools.instructions.isEmpty else { return }
        let message: JSONValue = ["mode": "append", "content": .string(tools.instructions)]
        try container.encode(message, forKey: .systemMessage)
    }

    /// A server of tools as Copilot takes it.
    ///
    /// A call may take as long as the core needs to ask a person: a day, in milliseconds.
    private static func server(_ tools: ToolServer) -> JSONValue {
        [
            "type": "stdio", "command": .string(tools.command), "args": .array(tools.arguments.map(JSONValue.string)),
            "env": .object(tools.environment.mapValues(JSONValue.string)), "tools": ["*"], "timeout": 86_400_000,
        ]
    }
}
