import AgentShell
import Conversation
import Processes

/// The shell that is measured: how it is made, and what its agent can do.
struct Subject {
    /// The shells that can be measured.
    enum Agent: String {
        case codex, codexMCP = "codex-mcp", copilot, command, offline
    }

    /// Makes the models of the tests answer word by word, as real ones do, and not in one burst.
    static let paced = "[[say: one two three]] [[delay: 0.02]]"

    let agent: Agent
    /// The agent's program, a path.
    let program: String
    /// The environment of the agent.
    var environment = Surroundings.environment

    init(_ agent: Agent, program: String) {
        self.agent = agent
        self.program = program
    }

    var name: String { agent.rawValue }

    /// Whether a turn lasts long enough to be interrupted.
    var isInterruptible: Bool { agent != .offline }

    /// Whether each conversation is a process of its own, and none is there for all.
    var hasProcessPerConversation: Bool { agent == .codexMCP }

    /// How many conversations get a turn, and how many are open in the end.
    var conversations: (withTurn: Int, open: Int) {
        // The shell keeps six idle processes.
        hasProcessPerConversation ? (6, 6) : (100, 1000)
    }

    /// What is in the message by which the agent tells the beginning of an answer; empty when any output is.
    ///
    /// The tests of the shells pin these words.
    var firstDelta: String {
        switch agent {
        case .codex: "item/agentMessage/delta"
        case .codexMCP: "\"type\":\"agent_message_"
        case .copilot: "assistant.message_delta"
        case .command, .offline: ""
        }
    }

    /// What is in the request to stop a turn, and in the agent's word that it has; nil where it is not asked.
    var interruptWords: (request: String, confirmation: String)? {
        switch agent {
        case .codex: ("turn/interrupt", "turn/completed")
        case .copilot: ("session.abort", "session.idle")
        case .codexMCP, .command, .offline: nil
        }
    }

    /// The same with a relay before its agent that looks for these words, and where that notes them.
    func relayed(inward: String, outward: String) -> (subject: Subject, log: String) {
        let log = (environment["TMPDIR"] ?? "/tmp") + "/relay-\(ProcessIdentity.current.pid)"
        var relayed = Subject(agent, program: Surroundings.program)
        let relay = Relay(program: program, log: log, inward: inward, outward: outward)
        relayed.environment.merge(relay.environment) { $1 }
        return (relayed, log)
    }

    /// Runs a shell of this kind while `body` runs; afterwards nothing of it is left.
    ///
    /// One that is `endless` answers until it is interrupted, if it is a command; others are told so by their prompts.
    func run<Value: Sendable>(
        endless: Bool = false, _ body: (any AgentShell) async throws -> Value
    ) async throws -> Value {
        let (shell, run) = make(endless: endless)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
    }

    private func make(endless: Bool) -> (any AgentShell, run: @Sendable () async -> Void) {
        let directory = Surroundings.directory
        let custody = Custody(workspace: "bench", directory: (environment["TMPDIR"] ?? "/tmp") + "/children")
        switch agent {
        case .codex:
            var options = CodexOptions(
                command: program, environment: environment, workingDirectory: directory, approvalPolicy: "never",
                sandbox: "read-only", clientVersion: "0")
            options.custody = custody
            let shell = CodexShell(options: options)
            return (shell, shell.run)
        case .codexMCP:
            var options = CodexMCPOptions(
                command: program, environment: environment, workingDirectory: directory, clientVersion: "0")
            options.approvalPolicy = "never"
            options.sandbox = "read-only"
            options.custody = custody
            let shell = CodexMCPShell(options: options)
            return (shell, shell.run)
        case .copilot:
            let model = environment["SHELLBENCH_MODEL"] ?? ""
            var options = CopilotOptions(
                command: program, environment: environment, workingDirectory: directory, model: "fake-model",
                provider: CopilotProvider(baseURL: model, apiKey: "none"), handshakeTimeout: .seconds(60))
            options.custody = custody
            let shell = CopilotShell(options: options)
            return (shell, shell.run)
        case .command:
            let echoForever = ["/bin/sh", "-c", "cat; while sleep 0.01; do echo word; done"]
            var options = CommandOptions(
                name: name, command: endless ? echoForever : [program], environment: environment,
                workingDirectory: directory)
            options.custody = custody
            let shell = CommandShell(options: options)
            return (shell, shell.run)
        case .offline:
            return (OfflineShell(introduction: "I am built in."), {})
        }
    }
}
