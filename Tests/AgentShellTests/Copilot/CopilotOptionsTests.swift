import Conversation
import Foundation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CopilotOptionsTests {
    private static let provider = CopilotProvider(
        kind: .azure, baseURL: "https://models.example/openai", apiKey: "very secret", wireAPI: .responses,
        azureAPIVersion: "2026-01-01")

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
        let settings = CopilotSessionSettings(model: "gpt", provider: Self.provider, workingDirectory: "/project")
        let expected: JSONValue = [
            "sessionId": "id", "clientName": "cm", "model": "gpt", "workingDirectory": "/project", "streaming": true,
            "requestPermission": true, "requestUserInput": true,
            "provider": [
                "type": "azure", "baseUrl": "https://models.example/openai/", "apiKey": "very secret",
                "wireApi": "responses", "azure": ["apiVersion": "2026-01-01"],
            ],
        ]
        #expect(try json(CopilotCall.CreateSession(sessionId: "id", settings: settings)) == expected)
        #expect(try json(CopilotCall.ResumeSession(sessionId: "id", settings: settings)) == expected)
    }

    @Test func `the key is in no variable that the child gets, whatever its name`() {
        let environment = ["OPENAI_API_KEY": "very secret", "MY_KEY": "very secret", "OTHER_KEY": "other", "A": "b"]
        var options = CopilotOptions(command: "copilot", environment: environment, workingDirectory: "/project")
        #expect(options.childEnvironment == environment)
        options.provider = Self.provider
        #expect(options.childEnvironment == ["OTHER_KEY": "other", "A": "b"])
    }

    @Test(arguments: [
        ("https://a/openai", "1", true), ("https://a/b/openai", "1", true), ("https://a/openai/v1", nil, true),
        ("https://a/b", "1", false), ("https://a/openai/deployments/c", nil, false), ("https://a/openai", nil, false),
    ])
    func `an address of Azure's whose path Copilot would change is refused`(
        address: String, version: String?, isTaken: Bool
    ) throws {
        let provider = CopilotProvider(kind: .azure, baseURL: address, azureAPIVersion: version)
        if isTaken { return try provider.checkAddress() }
        let error = try #require(throws: AgentError.self) { try provider.checkAddress() }
        #expect(error.code == .unavailable)
        #expect(error.description.contains(address))
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
