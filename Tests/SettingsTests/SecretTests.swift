import Settings
import Testing

@Suite struct SecretTests {
    @Test func `a wrong secret is never shown`() {
        var workspace = Workspace(
            conf: "[sample]\ntoken = 4711", dotEnv: "CM_SAMPLE_TOKEN=4711", environment: ["SAMPLE_TOKEN": "4711"],
            keys: Sample.keys)
        workspace.sources.flags = [SettingFlag("--token", "4711", sets: Sample.token)]
        let hidden = "sample.token: found a value that is not shown, expected a whole number from 1 to 9"
        #expect(
            workspace.problems() == [
                "--token: \(hidden)", "environment SAMPLE_TOKEN: \(hidden)", ".env:1: \(hidden)",
                "~/.config/cm/conf.toml:2: sample.token: found an integer, expected a whole number from 1 to 9",
            ])
    }

    @Test(arguments: ["\"4711\"", "4711.5", "true"])
    func `a secret of the wrong type is never shown`(value: String) {
        let problems = Workspace(conf: "sample.token = \(value)", keys: Sample.keys).problems()
        #expect(problems.count == 1)
        #expect(!problems.joined().contains(value))
    }

    @Test func `a secret that breaks the syntax is never shown`() {
        let workspace = Workspace(conf: "[sample]\ntoken = 99999999999999999999", keys: Sample.keys)
        #expect(workspace.problems() == ["~/.config/cm/conf.toml:2: column 29: the value is malformed"])
    }

    @Test func `a malformed line of .env is a warning that does not show it`() throws {
        let warnings = try Workspace(dotEnv: "hunter2 hunter2\nA=\"hunter2").load().warnings
        #expect(warnings.map { $0.prefix(7) } == [".env:1:", ".env:2:"])
        #expect(!warnings.joined().contains("hunter2"))
    }

    @Test func `the key of the provider is in no description`() throws {
        let settings = try Workspace(environment: ["OPENAI_API_KEY": "hunter2"]).load()
        let key = try #require(settings[.providerAPIKey])
        var dumped = "\(key) \(String(reflecting: key)) \(settings)"
        dump(settings, to: &dumped)
        #expect(dumped.contains("(hidden)"))
        #expect(!dumped.contains("hunter2"))
    }

    @Test(arguments: ["4711", "[\"4711\"]", "true"])
    func `the key of the provider is not shown when it is wrong`(value: String) {
        let problems = Workspace(conf: "provider.api_key = \(value)").problems()
        #expect(problems.count == 1)
        #expect(!problems.joined().contains("4711"))
    }

    @Test func `the command of an executor is not shown when it is wrong`() {
        let project = #"{"executors": [{"executor": "CUSTOM", "command": "agent --token hunter2"}]}"#
        let problems = Workspace(project: project).problems()
        #expect(problems.count == 1)
        #expect(!problems.joined().contains("hunter2"))
    }
}
