import Conversation
import Foundation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CopilotOptionsTests {
    private static let provider = CopilotProvider(
        kind: .azure, baseURL: "https://models.example/openai", apiKey: "very secret", wireAPI: .responses,
        headers: ["x-token": "quite secret"], azureAPIVersion: "2026-01-01")

    @Test func `a provider is described without its secrets`() {
        var dumped = ""
        dump(Self.provider, to: &dumped)
        let optional: CopilotProvider? = Self.provider
        for text in ["\(Self.provider)", String(reflecting: Self.provider), "\(optional as Any)", dumped] {
            #expect(text.contains("azure at https://models.example/openai"))
            #expect(!text.contains("secret"))
        }
    }

    @Test func `a session is told everything each time it is opened`() throws {
        let server = CopilotOptions.ToolServer(command: "/bin/tool", arguments: ["--x"], environment: ["K": "v"])
        let settings = CopilotSessionSettings(
            model: "gpt", provider: Self.provider, toolServers: ["cm": server], workingDirectory: "/project")
        let expected: JSONValue = [
            "sessionId": "id", "clientName": "cm", "model": "gpt", "workingDirectory": "/project", "streaming": true,
            "requestPermission": true, "requestUserInput": true, "envValueMode": "direct",
            "provider": [
                "type": "azure", "baseUrl": "https://models.example/openai", "apiKey": "very secret",
                "wireApi": "responses", "headers": ["x-token": "quite secret"], "azure": ["apiVersion": "2026-01-01"],
            ],
            "mcpServers": [
                "cm": ["type": "stdio", "command": "/bin/tool", "args": ["--x"], "env": ["K": "v"], "tools": ["*"]]
            ],
        ]
        #expect(try json(CopilotCall.CreateSession(sessionId: "id", settings: settings)) == expected)
        #expect(try json(CopilotCall.ResumeSession(sessionId: "id", settings: settings)) == expected)
    }

    @Test func `with a provider no login is looked for`() {
        var options = CopilotOptions(command: "copilot", environment: [:], workingDirectory: "/project")
        #expect(!options.arguments.contains("--no-auto-login"))
        options.provider = CopilotProvider(baseURL: "http://127.0.0.1/v1")
        #expect(options.arguments.contains("--no-auto-login"))
    }

    private func json(_ value: some Encodable) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }
}
