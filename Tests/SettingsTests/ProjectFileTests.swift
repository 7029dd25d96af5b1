import Settings
import Testing

@Suite struct ProjectFileTests {
    private static let name = "codex-monitor.config.json"
    private static let two = #"{"executors": [{"executor": "CODEX"}, {"executor": "COPILOT"}]}"#
    private static let one = #"{"executors": [{"executor": "CODEX"}]}"#

    @Test(arguments: ProjectFile.names)
    func `any of its names is found in the workspace`(name: String) throws {
        var workspace = Workspace(files: ["/elsewhere/\(name)": Self.one])
        workspace.sources.workspace = "/elsewhere"
        let executors = try workspace.load().executors
        #expect(executors.map(\.origin) == [.file("/elsewhere/\(name)", line: 1)])
    }

    @Test func `without a workspace none is read`() throws {
        var workspace = Workspace(project: "not JSON")
        workspace.sources.workspace = nil
        #expect(try workspace.load().executors.isEmpty)
    }

    @Test func `of several the first name counts, with a warning for each of the others`() throws {
        let workspace = Workspace(
            project: Self.two, files: ["/project/.codex-monitor.json": "{", "/project/codex-monitor.json": Self.one])
        let settings = try workspace.load()
        #expect(settings.executors.count == 2)
        #expect(
            settings.warnings == [
                ".codex-monitor.json is not read, because \(Self.name) is there",
                "codex-monitor.json is not read, because \(Self.name) is there",
            ])
    }

    @Test func `the environment wins over .env, and that over the file`() throws {
        let file = Workspace(project: Self.two)
        #expect(try file.load().executors.count == 2)
        let dotEnv = Workspace(project: Self.two, dotEnv: "\nEXECUTORS=CODEX:A")
        #expect(try dotEnv.load().executors.map(\.origin) == [.file(".env", line: 2)])
        let all = Workspace(project: Self.two, dotEnv: "EXECUTORS=CODEX:A", environment: ["EXECUTORS": "CODEX:B"])
        #expect(try all.load().executors.map(\.variant) == ["B"])
        let both = Workspace(environment: ["EXECUTORS": "CODEX:A", "CM_EXECUTORS": "CODEX:B"])
        #expect(try both.load().executors.map(\.variant) == ["A"])
        let empty = Workspace(project: Self.two, environment: ["EXECUTORS": ""])
        #expect(try empty.load().executors.count == 2)
    }

    @Test func `keys of parts that this version lacks are no news, others are`() throws {
        let project = """
            {"$schema": "x", "projectName": 1, "mode": "generic", "failover": {"strategy": "x"},
             "repositories": [], "profiles": {}, "kanban": null, "envProfiles": {},
             "executrs": [],
             "kitchen": {"sink": 1}}
            """
        #expect(
            try Workspace(project: project).load().warnings == [
                "\(Self.name):3: unknown key executrs; did you mean executors?",
                "\(Self.name):4: unknown key kitchen",
            ])
    }

    @Test(arguments: [
        ("", "1: column 1: a value was expected; a text needs double quotes"),
        ("{\n  \"a\": 1,\n}", "3: column 1: a key in double quotes was expected"),
        ("{'a': 1}", "1: column 2: a key in double quotes was expected"),
        ("{\"a\" 1}", "1: column 6: : was expected"),
        ("{\"a\": 1 \"b\": 2}", "1: column 9: , or } was expected"),
        ("{\"a\": [1 2]}", "1: column 10: , or ] was expected"),
        ("{\"a\": [1,]}", "1: column 10: a value was expected; a text needs double quotes"),
        ("{} // x", "1: column 4: nothing may follow the value"),
        ("{\"é\": 01}", "1: column 7: the number is malformed"),
        ("{\"a\": 1e999}", "1: column 7: the number is malformed"),
        ("{\"a\": \"b\n\"}", "1: column 7: the string is never closed"),
        ("{\"a\": \"b", "1: column 7: the string is never closed"),
        ("{\"a\": \"\t\"}", "1: column 8: a control character needs an escape"),
        ("{\"a\": \"\u{1F}\"}", "1: column 8: a control character needs an escape"),
        ("{\"a\": \"\\x\"}", "1: column 8: the escape is unknown"),
        ("{\"a\": \"\\ud800\"}", "1: column 8: the escape is unknown"),
        ("{\"a\": \"\\udc00\"}", "1: column 8: the escape is unknown"),
        ("{\"a\": 1, \"\\u0061\": 2}", "1: column 10: this key comes twice"),
        ("{\"a\": truth}", "1: column 7: a value was expected; a text needs double quotes"),
        (String(repeating: "[", count: 400_000), "1: column 65: nested deeper than 64 levels"),
        ("[]", "1: found an array, expected an object"),
        ("null", "1: found null, expected an object"),
    ])
    func `what is no JSON object names the place and the reason`(text: String, problem: String) {
        #expect(Workspace(project: text).problems() == ["\(Self.name):\(problem)"])
    }

    @Test func `a file that cannot be read is an error, and hides the next one`() {
        let workspace = Workspace(files: ["/project/codex-monitor.json": Self.one])
        workspace.files.put([0xFF], at: "/project/.codex-monitor.json")
        #expect(workspace.problems() == [".codex-monitor.json: is not UTF-8"])
        let big = Workspace(project: String(repeating: " ", count: SourceFile.limit + 1))
        #expect(big.problems() == ["\(Self.name): is bigger than 1048576 bytes"])
    }
}
