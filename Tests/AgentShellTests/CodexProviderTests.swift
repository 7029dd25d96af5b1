import Testing

@testable import AgentShell

@Suite struct CodexProviderTests {
    private static let key = ModelProvider.Key("s3cret")

    private func options(_ provider: ModelProvider?) -> CodexOptions {
        CodexOptions(
            command: "codex", environment: ["A": "b"], workingDirectory: "/", clientVersion: "0", provider: provider)
    }

    @Test func `without a provider nothing of Codex's own configuration is overruled`() {
        #expect(options(nil).arguments == ["app-server"])
        #expect(options(nil).childEnvironment == ["A": "b"])
    }

    @Test(arguments: ModelProvider.Kind.allCases)
    func `the key is in the environment and nowhere else`(kind: ModelProvider.Kind) {
        let provider = ModelProvider(kind: kind, baseURL: "http://x/v1", apiKey: Self.key, apiVersion: "1")
        let options = options(provider)
        #expect(options.arguments.allSatisfy { !$0.contains("s3cret") })
        #expect(options.childEnvironment == ["A": "b", "CM_MODEL_API_KEY": "s3cret"])
        var dumped = ""
        dump(provider, to: &dumped)
        #expect(!"\(provider) \(String(reflecting: provider)) \(dumped)".contains("s3cret"))
    }

    @Test func `the key is in no variable but ours, whatever its name`() {
        var options = options(ModelProvider(kind: .openai, apiKey: Self.key))
        options.environment = ["OPENAI_API_KEY": "s3cret", "OTHER_KEY": "other", "A": "s3cret"]
        #expect(options.childEnvironment == ["CM_MODEL_API_KEY": "s3cret", "OTHER_KEY": "other", "A": "s3cret"])
    }

    @Test func `what is written into an argument cannot end its quotes`() {
        #expect(CodexProvider.quoted("a\"b\\c\n\u{7F}é") == #""a\"b\\c\u000a\u007fé""#)
    }
}
