/// What a session needs to know each time it is created or resumed.
struct CopilotSessionSettings: Sendable {
    private struct ToolServer: Encodable {
        var type = "stdio"
        var command: String
        var args: [String]
        var env: [String: String]
        var tools = ["*"]
    }

    private enum Key: CodingKey {
        case sessionId, clientName, model, provider, mcpServers, workingDirectory, streaming, requestPermission
        case requestUserInput, envValueMode
    }

    var model: String?
    var provider: CopilotProvider?
    var toolServers: [String: CopilotOptions.ToolServer] = [:]
    var workingDirectory: String

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
        guard !toolServers.isEmpty else { return }
        // The values of the environment are meant as they are, not as names of variables.
        try container.encode("direct", forKey: .envValueMode)
        let servers = toolServers.mapValues {
            ToolServer(command: $0.command, args: $0.arguments, env: $0.environment)
        }
        try container.encode(servers, forKey: .mcpServers)
    }
}
