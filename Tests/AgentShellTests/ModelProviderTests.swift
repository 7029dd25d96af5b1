import AgentShell
import Testing

@Suite struct ModelProviderTests {
    @Test func `each kind has its usual place, and only Azure needs to be told one`() {
        #expect(ModelProvider(kind: .openai).address == "https://api.openai.com/v1")
        #expect(ModelProvider(kind: .ollama).address == "http://localhost:11434/v1")
        #expect(ModelProvider(kind: .azure).address == nil)
    }

    @Test(arguments: ModelProvider.Kind.allCases)
    func `a place with a path is where it says, and a slash at its end is nothing`(kind: ModelProvider.Kind) {
        for place in ["http://x/v1", "http://x/y/openai/v1", "http://x:1/openai/deployments/z"] {
            #expect(ModelProvider(kind: kind, baseURL: place).address == place)
            #expect(ModelProvider(kind: kind, baseURL: place + "/").address == place)
        }
    }

    @Test func `the place that Azure shows to people is completed`() {
        for place in [
            "https://x.example", "https://x.example/", "https://x.example/openai", "https://x.example/openai/",
        ] {
            #expect(ModelProvider(kind: .azure, baseURL: place).address == "https://x.example/openai/v1")
            let provider = ModelProvider(kind: .azure, baseURL: place, apiVersion: "2025-04-01-preview")
            #expect(provider.address == "https://x.example/openai")
        }
        #expect(ModelProvider(kind: .openai, baseURL: "https://x.example/").address == "https://x.example")
    }
}
