/// What a session needs to know each time it is created or resumed.
struct CopilotSessionSettings: Sendable {
    private enum Key: CodingKey {
        case sessionId, clientName, model, provider, workingDirectory, streaming, requestPermission, requestUserInput
    }

    var model: String?
    var provider: CopilotProvider?
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
    }
}
