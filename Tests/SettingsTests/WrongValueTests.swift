import Settings
import Testing

@Suite struct WrongValueTests {
    static let expectations = [
        "count": "a whole number from 0 to 9", "is_on": "true or false", "text": "a text that is not empty",
        "word": "one of a, b", "file": "a path", "delay": "seconds, more than 0 and at most 315360000",
        "words": "an array of strings; in a variable also words with white space between them",
        "address": "an http or https URL with a host and without password or query, such as https://api.example.com/v1",
    ]

    @Test(arguments: [
        ("count", "\"3\"", "the string \"3\""), ("count", "10", "the integer 10"), ("count", "-1", "the integer -1"),
        ("count", "3.0", "the number 3.0"), ("count", "true", "the Boolean true"), ("count", "[1]", "an array"),
        ("is_on", "1", "the integer 1"), ("is_on", "\"true\"", "the string \"true\""),
        ("is_on", "2020-01-01", "a date"),
        ("text", "1", "the integer 1"), ("text", "\"\"", "the string \"\""), ("text", "07:00:00", "a time"),
        ("word", "\"c\"", "the string \"c\""), ("word", "false", "the Boolean false"),
        ("file", "1", "the integer 1"), ("file", "\"\"", "the string \"\""), ("file", "{ a = 1 }", "a table"),
        ("delay", "\"5\"", "the string \"5\""), ("delay", "0", "the integer 0"), ("delay", "-1", "the integer -1"),
        ("delay", "nan", "the number nan"), ("delay", "inf", "the number inf"), ("delay", "1e300", "the number 1e+300"),
        ("delay", "2020-01-01T00:00:00Z", "a date with time"),
        ("words", "\"a b\"", "the string \"a b\""), ("words", "[1]", "an array"), ("words", "['a', 1]", "an array"),
        ("words", "[['a']]", "an array"), ("words", "true", "the Boolean true"), ("words", "{ a = 1 }", "a table"),
        ("text", "['a']", "an array"), ("count", "[]", "an array"),
        ("address", "\"example.com\"", "the string \"example.com\""), ("address", "1", "the integer 1"),
        ("address", "['http://a']", "an array"),
    ])
    func `a wrong value in the file names file, line, key, found and expected`(
        name: String, value: String, found: String
    ) throws {
        let workspace = Workspace(conf: "[sample]\n\(name) = \(value)", keys: Sample.keys)
        let expected = try #require(Self.expectations[name])
        #expect(
            workspace.problems() == [
                "~/.config/cm/conf.toml:2: sample.\(name): found \(found), expected \(expected)"
            ])
    }

    @Test(arguments: [
        ("count", "x"), ("count", "3.0"), ("count", "10"), ("is_on", "maybe"), ("word", "A"), ("delay", "5s"),
        ("delay", "0"), ("delay", "nan"), ("delay", "inf"), ("delay", "1e300"),
        ("words", "[1]"), ("words", "[a"), ("words", "[] x"), ("words", "['a']"), ("words", "[\"a\\u0000\"]"),
        ("address", "https://"), ("address", "http:///v1"), ("address", "ftp://example.com"), ("address", "//a/v1"),
        ("address", "http://a b"), ("address", "http://a:99999"), ("address", "localhost:11434"),
        ("address", "https://a:secret@b/v1"), ("address", "https://a/v1?key=secret"),
    ])
    func `a wrong value in the environment or .env names the variable or line`(name: String, value: String) throws {
        let expected = try #require(Self.expectations[name])
        let variable = "CM_SAMPLE_\(name.uppercased())"
        // An address may hold a password or a key.
        let found = value.contains("secret") ? "a value that is not shown" : "\"\(value)\""
        let text = "sample.\(name): found \(found), expected \(expected)"
        let environment = Workspace(environment: [variable: value], keys: Sample.keys)
        #expect(environment.problems() == ["environment \(variable): \(text)"])
        let dotEnv = Workspace(dotEnv: "\n\(variable)=\(value)", keys: Sample.keys)
        #expect(dotEnv.problems() == [".env:2: \(text)"])
    }

    @Test func `a wrong value of a flag names the flag`() {
        var workspace = Workspace(keys: Sample.keys)
        workspace.sources.flags = [
            SettingFlag("--count", "x", sets: Sample.count), SettingFlag("--on", "x", sets: Sample.isOn),
            SettingFlag("--text", "", sets: Sample.text), SettingFlag("--word", "x", sets: Sample.word),
            SettingFlag("--file", "", sets: Sample.file), SettingFlag("--delay", "x", sets: Sample.delay),
        ]
        #expect(
            workspace.problems() == [
                "--count: sample.count: found \"x\", expected a whole number from 0 to 9",
                "--on: sample.is_on: found \"x\", expected true or false",
                "--text: sample.text: found \"\", expected a text that is not empty",
                "--word: sample.word: found \"x\", expected one of a, b",
                "--file: sample.file: found \"\", expected a path",
                "--delay: sample.delay: found \"x\", expected seconds, more than 0 and at most 315360000",
            ])
    }

    @Test func `all problems of all layers come together, also those of hidden values`() {
        var workspace = Workspace(
            conf: "[turn]\ntimeout = false\n[codex]\nsandbox = \"none\"", dotEnv: "oops\nCM_CODEX_APPROVAL_POLICY=x",
            environment: ["CM_CODEX_SANDBOX": "never"])
        workspace.sources.flags = [SettingFlag("--sandbox", "read-only", sets: .codexSandbox)]
        let sandbox = "expected one of read-only, workspace-write, danger-full-access"
        #expect(
            workspace.problems() == [
                "environment CM_CODEX_SANDBOX: codex.sandbox: found \"never\", \(sandbox)",
                ".env:2: codex.approval_policy: found \"x\", expected one of untrusted, on-request, never",
                "~/.config/cm/conf.toml:2: turn.timeout: found the Boolean false, "
                    + "expected seconds, more than 0 and at most 315360000",
                "~/.config/cm/conf.toml:4: codex.sandbox: found the string \"none\", \(sandbox)",
            ])
    }

    @Test func `the error reads one line per problem`() {
        let workspace = Workspace(conf: "turn.timeout = 0\nturn.silent_after = 0")
        #expect(throws: SettingsError.self) { try workspace.load() }
        do { _ = try workspace.load() } catch { #expect(error.description.split(separator: "\n").count == 2) }
    }

    @Test func `something else where a table belongs is an error`() {
        #expect(
            Workspace(conf: "codex = 3").problems() == [
                "~/.config/cm/conf.toml:1: codex: found an integer, expected the table [codex]"
            ])
        #expect(
            Workspace(conf: "[[codex]]\nsandbox = 3").problems() == [
                "~/.config/cm/conf.toml:1: codex: found an array, expected the table [codex]"
            ])
    }

    @Test func `a long value with control characters stays one short line`() throws {
        let workspace = Workspace(environment: [
            "CM_CODEX_SANDBOX": "a\n\u{1B}[31m" + String(repeating: "b", count: 999)
        ])
        let problem = try #require(workspace.problems().first)
        #expect(!problem.contains("\n") && !problem.contains("\u{1B}"))
        #expect(problem.count < 250)
    }
}
