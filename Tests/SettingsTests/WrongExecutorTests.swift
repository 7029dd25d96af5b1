import Settings
import Testing

@Suite struct WrongExecutorTests {
    private static let name = "codex-monitor.config.json"
    private static let kinds = "expected one of CODEX, COPILOT, CUSTOM"
    private static let pattern = "expected TYPE:VARIANT[:WEIGHT[:ROLE]], with commas between them"
    private static let array =
        #"expected an array of strings, the program and its arguments, such as ["my-agent", "--quiet"]"#

    @Test(arguments: [
        ("name", "1", "the integer 1", "a text without white space"),
        ("name", "\"\"", "the string \"\"", "a text without white space"),
        ("name", "\"a b\"", "the string \"a b\"", "a text without white space"),
        ("name", "null", "null", "a text without white space"),
        ("variant", "[]", "an array", "a text without white space"),
        ("model", "{}", "an object", "a text without white space"),
        ("model", "\"a\\u0000\"", "the string \"a\u{FFFD}\"", "a text without white space"),
        ("weight", "\"50\"", "the string \"50\"", "a number from 0 to 1000000"),
        ("weight", "-1", "the integer -1", "a number from 0 to 1000000"),
        ("weight", "1e300", "the number 1e+300", "a number from 0 to 1000000"),
        ("weight", "true", "the Boolean true", "a number from 0 to 1000000"),
        ("role", "\"executor-4\"", "the string \"executor-4\"", "one of primary, backup, tertiary, none"),
        ("role", "1", "the integer 1", "one of primary, backup, tertiary, none"),
        ("enabled", "1", "the integer 1", "true or false"),
        ("enabled", "\"true\"", "the string \"true\"", "true or false"),
        ("roles", "[\"planner\"]", "an array", "true or false"),
    ])
    func `a wrong field names file, line, key, found and expected`(
        field: String, value: String, found: String, expected: String
    ) {
        #expect(
            problems("{\"executor\": \"CODEX\",\n\"\(field)\": \(value)}") == [
                "\(Self.name):2: executors[0].\(field): found \(found), expected \(expected)"
            ])
    }

    @Test(arguments: [
        (#"{"executor": "GEMINI"}"#, "executors[0].executor: found the string \"GEMINI\", \(kinds)"),
        (#"{"executor": 1}"#, "executors[0].executor: found the integer 1, \(kinds)"),
        (#"{}"#, "executors[0].executor: nothing found, \(kinds)"),
        (#"{"executor": "CODEX"}, 7"#, "executors[1]: found the integer 7, expected an object"),
        (#"{"executor": "CUSTOM"}"#, "executors[0].command: nothing found, \(array)"),
        (#"{"executor": "CUSTOM", "command": "a b"}"#, "executors[0].command: found a string, \(array)"),
        (#"{"executor": "CUSTOM", "command": []}"#, "executors[0].command: found an array, \(array)"),
        (#"{"executor": "CUSTOM", "command": [""]}"#, "executors[0].command: found an array, \(array)"),
        (#"{"executor": "CUSTOM", "command": ["a", 1]}"#, "executors[0].command: found an array, \(array)"),
        (#"{"executor": "CUSTOM", "command": ["a\u0000"]}"#, "executors[0].command: found an array, \(array)"),
        (
            #"{"executor": "CODEX", "command": ["a"]}"#,
            "executors[0].command: only CUSTOM has a command; that of CODEX is codex.command"
        ),
    ])
    func `a wrong executor is an error`(executor: String, problem: String) {
        #expect(problems(executor) == ["\(Self.name):1: \(problem)"])
    }

    @Test(arguments: [("{}", "an object"), ("\"CODEX:A\"", "the string \"CODEX:A\""), ("null", "null")])
    func `something else than an array is an error`(value: String, found: String) {
        #expect(
            Workspace(project: "{\"executors\": \(value)}").problems() == [
                "\(Self.name):1: executors: found \(found), expected an array of objects"
            ])
    }

    @Test(arguments: [
        ("CODEX", "found \"CODEX\", \(pattern)"), ("CODEX:", "found \"CODEX:\", \(pattern)"),
        (":A", "found \":A\", \(pattern)"), ("CODEX:A:1:primary:x", "found \"CODEX:A:1:primary:x\", \(pattern)"),
        (",", "found \",\", \(pattern)"), ("GEMINI:A", "found \"GEMINI\", \(kinds)"),
        ("CODEX:A:x", "found \"x\", expected a number from 0 to 1000000"),
        ("CODEX:A:nan", "found \"nan\", expected a number from 0 to 1000000"),
        ("CODEX:A:1:boss", "found \"boss\", expected one of primary, backup, tertiary, none"),
        ("CODEX:A B", "found \"A B\", expected a text without white space"),
        ("CUSTOM:A", "CUSTOM needs a command, which only the project file can give"),
        (
            "CODEX:A,codex:a",
            "the name codex-a is that of the executor at environment EXECUTORS too; each needs its own"
        ),
    ])
    func `a wrong variable names what was found and expected`(text: String, problem: String) {
        let workspace = Workspace(environment: ["EXECUTORS": text])
        #expect(workspace.problems() == ["environment EXECUTORS: executors: \(problem)"])
    }

    @Test func `an unknown field is a warning with a suggestion`() throws {
        let workspace = Workspace(
            project: "{\"executors\": [{\"executor\": \"CODEX\",\n\"wieght\": 1, \"colour\": 2}]}")
        #expect(
            try workspace.load().warnings == [
                "\(Self.name):2: unknown key executors[0].wieght; did you mean weight?",
                "\(Self.name):2: unknown key executors[0].colour",
            ])
    }

    @Test func `all that is wrong comes together, also in a source that another hides`() {
        let workspace = Workspace(
            conf: "turn.timeout = 0",
            project: "{\"executors\": [{\"executor\": \"X\", \"weight\": -1},\n{\"role\": 1}]}",
            dotEnv: "EXECUTORS=CODEX", environment: ["EXECUTORS": "CODEX:A"])
        #expect(
            workspace.problems() == [
                ".env:1: executors: found \"CODEX\", \(Self.pattern)",
                "\(Self.name):1: executors[0].executor: found the string \"X\", \(Self.kinds)",
                "\(Self.name):1: executors[0].weight: found the integer -1, expected a number from 0 to 1000000",
                "\(Self.name):2: executors[1].executor: nothing found, \(Self.kinds)",
                "\(Self.name):2: executors[1].role: found the integer 1, "
                    + "expected one of primary, backup, tertiary, none",
                "~/.config/cm/conf.toml:1: turn.timeout: found the integer 0, "
                    + "expected seconds, more than 0 and at most 315360000",
            ])
    }

    private func problems(_ executors: String) -> [String] {
        Workspace(project: "{\"executors\": [\(executors)]}").problems()
    }
}
