import Settings
import Testing

@Suite struct PrecedenceTests {
    /// The sources from the strongest to the weakest.
    enum Source: Int, CaseIterable {
        case flag, environment, workspaceDotEnv, repositoryDotEnv, file

        var value: String { "model-\(rawValue)" }
        var origin: Origin {
            switch self {
            case .flag: .flag("--model")
            case .environment: .environment("CODEX_MODEL")
            case .workspaceDotEnv: .file(".env", line: 1)
            case .repositoryDotEnv: .file("/repo/.env", line: 1)
            case .file: .file("~/.config/cm/conf.toml", line: 2)
            }
        }
    }

    static let pairs = Source.allCases.flatMap { strong in
        Source.allCases.filter { $0.rawValue > strong.rawValue }.map { (strong, $0) }
    }

    @Test(arguments: pairs)
    func `of two sources the stronger one wins`(strong: Source, weak: Source) throws {
        let settings = try workspace([strong, weak]).load()
        #expect(settings[.codexAgentModel] == strong.value)
        #expect(settings.origin(of: .codexAgentModel) == strong.origin)
    }

    @Test(arguments: Source.allCases)
    func `a source alone is found and named`(source: Source) throws {
        let settings = try workspace([source]).load()
        #expect(settings[.codexAgentModel] == source.value)
        #expect(settings.origin(of: .codexAgentModel) == source.origin)
    }

    @Test func `without any source all defaults hold`() throws {
        let settings = try workspace([]).load()
        #expect(settings[.codexCommand] == "codex")
        #expect(settings[.codexAgentModel] == nil)
        #expect(settings[.codexAgentWorkingDirectory] == nil)
        #expect(settings[.codexApprovalPolicy] == "on-request")
        #expect(settings[.codexSandbox] == "workspace-write")
        #expect(settings[.codexHandshakeTimeout] == .seconds(10))
        #expect(settings[.codexInterruptTimeout] == .seconds(5))
        #expect(settings[.turnTimeout] == .seconds(3600))
        #expect(settings[.turnSilentAfter] == .seconds(300))
        #expect(settings[.codexRetryTimeout] == .seconds(120))
        #expect(settings[.codexTransport] == "auto")
        #expect(settings[.codexMCPCommand] == nil)
        #expect(settings[.codexMCPArguments] == ["mcp-server"])
        #expect(!settings[.codexIsDisabled])
        #expect(settings[.copilotCommand] == "copilot")
        #expect(settings[.copilotModel] == nil)
        #expect(settings[.copilotHandshakeTimeout] == .seconds(30))
        #expect(settings[.copilotInterruptTimeout] == .seconds(5))
        #expect(!settings[.copilotIsDisabled])
        #expect(settings[.providerKind] == "auto")
        #expect(settings[.providerAPIKey] == nil)
        #expect(settings[.providerBaseURL] == nil)
        #expect(settings[.providerAPIVersion] == nil)
        #expect(settings[.providerWireAPI] == "responses")
        #expect(settings[.busy] == "queue")
        #expect(settings[.approvalTimeout] == nil)
        #expect(settings[.agentsIdleUnload] == .seconds(600))
        #expect(settings.executors.isEmpty)
        #expect(settings.origin(of: .codexAgentModel) == .default)
    }

    @Test func `an established name wins over the one made from the path`() throws {
        let workspace = Workspace(environment: ["CODEX_MODEL": "one", "CM_CODEX_AGENT_MODEL": "two"])
        #expect(try workspace.load()[.codexAgentModel] == "one")
    }

    @Test func `no name in .env beats the real environment`() throws {
        let workspace = Workspace(dotEnv: "CODEX_MODEL=one", environment: ["CM_CODEX_AGENT_MODEL": "two"])
        #expect(try workspace.load()[.codexAgentModel] == "two")
    }

    @Test func `an empty variable counts as not set`() throws {
        let workspace = Workspace(
            conf: "[codex]\nagent_model = \"file\"", dotEnv: "CODEX_MODEL=", environment: ["CODEX_MODEL": ""])
        #expect(try workspace.load()[.codexAgentModel] == "file")
    }

    @Test func `of two flags for one setting the first wins`() throws {
        var workspace = Workspace()
        workspace.sources.flags = [
            SettingFlag("--model", "one", sets: .codexAgentModel), SettingFlag("-m", "two", sets: .codexAgentModel),
        ]
        #expect(try workspace.load()[.codexAgentModel] == "one")
    }

    @Test func `child processes get the variables of all .env files`() throws {
        var workspace = Workspace(dotEnv: "A=1\nB=", files: ["/repo/.env": "A=2\nB=2\nC=2"])
        workspace.sources.dotEnvFiles.append("/repo/.env")
        #expect(try workspace.load().dotEnv == ["A": "1", "B": "", "C": "2"])
    }

    @Test func `one .env file given twice is read once`() throws {
        var workspace = Workspace(dotEnv: "CM_NONSENSE=1")
        workspace.sources.dotEnvFiles.append("./.env")
        #expect(try workspace.load().warnings == [".env:1: unknown name CM_NONSENSE"])
    }

    private func workspace(_ present: [Source]) -> Workspace {
        var files: [String: String] = [:]
        if present.contains(.repositoryDotEnv) { files["/repo/.env"] = "CODEX_MODEL=\(Source.repositoryDotEnv.value)" }
        var workspace = Workspace(
            conf: present.contains(.file) ? "[codex]\nagent_model = \"\(Source.file.value)\"" : nil,
            dotEnv: present.contains(.workspaceDotEnv) ? "CODEX_MODEL=\(Source.workspaceDotEnv.value)" : nil,
            environment: present.contains(.environment) ? ["CODEX_MODEL": Source.environment.value] : [:],
            files: files)
        workspace.sources.dotEnvFiles.append("/repo/.env")
        if present.contains(.flag) {
            workspace.sources.flags = [SettingFlag("--model", Source.flag.value, sets: .codexAgentModel)]
        }
        return workspace
    }
}
