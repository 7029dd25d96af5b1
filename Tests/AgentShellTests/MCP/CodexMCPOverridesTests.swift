import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexMCPOverridesTests {
    @Test func `values are read as TOML writes them`() {
        let values = CodexMCPOverrides.values(in: [
            "-c", #"model_providers.cm.base_url="http://127.0.0.1:1/v1?a=b\"=""#, "--config", "a.b = 3", "-c", "c=true",
            "-c", #"d={"api-version"="2=3", "x"=["y=z", 1]}"#, "-c", "e=gpt-5.5", "-c", "f='raw'", "-c", "novalue",
            "g=1",
        ])
        #expect(
            values == [
                "model_providers.cm.base_url": #"http://127.0.0.1:1/v1?a=b"="#, "a.b": .integer(3), "c": true,
                "d": ["api-version": "2=3", "x": ["y=z", .integer(1)]], "e": "gpt-5.5", "f": "'raw'",
            ])
    }

    @Test(arguments: ["", "=", "a=", "a=\"", "a=\\", "a={", "a=\"\\"]) func `nothing breaks it`(argument: String) {
        #expect(CodexMCPOverrides.values(in: ["-c", argument, "-c"]).count <= 1)
    }
}
