import Settings
import Testing

@Suite struct ProfileProcessTests {
    private static let conf = "~/.config/cm/conf.toml"
    private static let project = "codex-monitor.config.json"

    @Test(arguments: [("envFile", "envOverride"), ("env_file", "env_override")])
    func `what a profile changes for the process is kept`(file: String, override: String) throws {
        let conf = """
            [profiles.a]
            \(file) = "a.env"
            \(override) = true
            env = { KEY = "secret", COUNT = 3, FLAG = false, EMPTY = "" }
            [profiles.a.overrides]
            busy = "steer"
            codex.mcp_args = ["x"]
            """
        let settings = try Workspace(conf: conf).load()
        let process = try #require(settings.profiles["a"]?.process)
        #expect(
            process.environment.mapValues(\.value.value) == [
                "KEY": "secret", "COUNT": "3", "FLAG": "false", "EMPTY": "",
            ])
        #expect(process.environmentFile?.value == "/home/me/.config/cm/a.env")
        #expect(process.winsOverEnvironment?.value == true)
        #expect(process.overrides.map(\.entry.path) == ["busy", "codex.mcp_args"])
        #expect(process.overrides.map(\.entry.written) == [.text("steer"), .texts(["x"])])
        #expect(process.overrides.map(\.entry.origin) == [.file(Self.conf, line: 6), .file(Self.conf, line: 7)])
        #expect(process.overrides.allSatisfy { $0.base.directory == "/home/me/.config/cm" })
        #expect(settings[.busy] == "queue")
    }

    @Test func `no description shows a variable`() throws {
        let settings = try Workspace(project: #"{"profiles": {"a": {"env": {"KEY": "hush"}}}}"#).load()
        let profile = try #require(settings.profiles["a"])
        var dumped = ""
        dump(profile, to: &dumped)
        #expect(!dumped.contains("hush") && !"\(profile)".contains("hush"))
        #expect(profile.process.environment["KEY"]?.value.value == "hush")
    }

    @Test func `of both files the project's wins in each variable and path`() throws {
        let settings = try Workspace(
            conf: """
                [profiles.a]
                envFile = "user.env"
                envOverride = true
                env = { A = "user", B = "user" }
                overrides = { busy = "steer", turn.timeout = 1 }
                """,
            project: """
                {"profiles": {"a": {"env": {"A": "project"}, "envOverride": false,
                  "settings": {"turn": {"timeout": 2, "silent_after": null}}}}}
                """
        ).load()
        let process = try #require(settings.profiles["a"]?.process)
        #expect(process.environment.mapValues(\.value.value) == ["A": "project", "B": "user"])
        #expect(process.environmentFile?.value == "/home/me/.config/cm/user.env")
        #expect(process.winsOverEnvironment?.value == false)
        #expect(process.overrides.map(\.entry.path) == ["busy", "turn.silent_after", "turn.timeout"])
        #expect(process.overrides.map(\.entry.written) == [.text("steer"), .other("null"), .integer(2)])
        #expect(process.overrides.map(\.base.directory) == ["/home/me/.config/cm", "/project", "/project"])
    }

    @Test(arguments: [
        (#""env": 1"#, "env: found an integer, expected an object"),
        (#""env": {"A": [1]}"#, "env.A: found an array, expected a text without NUL, a whole number or a Boolean"),
        (#""env": {"A": 1.5}"#, "env.A: found a number, expected a text without NUL, a whole number or a Boolean"),
        (
            #""env": {"A": "x\u0000"}"#,
            "env.A: found a string, expected a text without NUL, a whole number or a Boolean"
        ),
        (#""env": {"A=B": "x"}"#, "env.\"A=B\": found the name \"A=B\", expected the name of a variable, without ="),
        (#""env": {"": "x"}"#, "env.\"\": found the name \"\", expected the name of a variable, without ="),
        (#""envFile": """#, "envFile: found the string \"\", expected a path"),
        (#""envOverride": "yes""#, "envOverride: found the string \"yes\", expected true or false"),
        (#""overrides": "secret""#, "overrides: found a string, expected an object"),
    ])
    func `a wrong part is an error`(text: String, problem: String) {
        let workspace = Workspace(project: "{\"profiles\": {\"a\": {\n\(text)}}}")
        #expect(workspace.problems() == ["\(Self.project):2: profiles.a.\(problem)"])
    }

    @Test(arguments: ["[profiles.a.env]\nKEY", "[profiles.a.overrides]\nprovider.api_key", "profiles.a.env.KEY"])
    func `a syntax error in a variable does not show it`(key: String) {
        let workspace = Workspace(conf: "\(key) = \"hush\\q\"")
        #expect(workspace.problems().count == 1)
        #expect(workspace.problems().allSatisfy { $0.hasSuffix(": the value is malformed") })
    }

    @Test func `of several names for the overrides the first counts, with a warning`() throws {
        let settings = try Workspace(
            conf: "[profiles.a.settings]\nx = 1\n[profiles.a.overrides]\ny = 1\n[profiles.a.config]\nz = 1"
        ).load()
        #expect(settings.profiles["a"]?.process.overrides.map(\.entry.path) == ["y"])
        #expect(
            settings.warnings.filter { !$0.hasSuffix("not used by this version") } == [
                "\(Self.conf):1: profiles.a.settings is not read, because profiles.a.overrides is there",
                "\(Self.conf):5: profiles.a.config is not read, because profiles.a.overrides is there",
            ])
    }

    @Test func `each key that would change the process is a warning, as nothing applies it`() throws {
        let settings = try Workspace(
            conf: "[profiles.a]\nmodel = \"m\"\nenvFile = \"a.env\"\nenv = { KEY = \"hush\" }\n",
            project: #"{"profiles": {"b": {"env_override": true, "overrides": {"busy": "steer"}}}}"#
        ).load()
        #expect(
            settings.warnings == [
                "\(Self.project):1: profiles.b.env_override is not used by this version",
                "\(Self.project):1: profiles.b.overrides is not used by this version",
                "\(Self.conf):3: profiles.a.envFile is not used by this version",
                "\(Self.conf):4: profiles.a.env is not used by this version",
            ])
    }
}
