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
}
