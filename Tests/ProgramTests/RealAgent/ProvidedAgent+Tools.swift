import Foundation

extension ProvidedAgent {
    /// The stand-in for a model that this agent speaks with.
    var model: String { self == .copilot ? "fake_chat.py" : "fake_responses.py" }

    /// What the agent is called in the state of the core.
    var name: String {
        switch self {
        case .codex, .olderCodex: "codex"
        case .codexMCP: "codex-mcp"
        case .copilot: "copilot"
        }
    }

    /// A script by which the model calls tools of the core, one after the other.
    ///
    /// The models of Codex's own kind have to look for them first.
    func calls(_ tools: String..., arguments: String = "{}", then next: String = "[[quote]]") -> String {
        let steps = tools.map { tool in
            let name = self == .copilot ? "cm-\(tool)" : "mcp__cm/\(tool)"
            return "[[tool: \(name) \(arguments)]] \(next)"
        }
        return ([self == .codex ? "[[search: cm]]" : ""] + steps + ["[[delay: 0]]"]).joined(separator: " ")
    }
}

extension ProviderWorld {
    /// A world in which the model of `agent` can call the tools of the core.
    static func forTools(of agent: ProvidedAgent) async throws -> ProviderWorld {
        let settings = agent == .codex ? ["CODEX_MODEL": "gpt-5.5"] : [:]
        return try await ProviderWorld(of: agent, script: agent.model, settings: settings)
    }
}

extension Program {
    /// The servers of tools that run for agents of this program, and that agents start with an environment of their own.
    var toolServers: [OtherProcess] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []  // not every system has it
        return names.compactMap { pid_t($0) }.map { OtherProcess(pid: $0) }.filter { process in
            let words = FileManager.default.contents(atPath: "/proc/\(process.pid)/cmdline") ?? Data()
            return words.range(of: Data("\0mcp\0--socket\0\(path(""))".utf8)) != nil && process.isRunning
        }
    }

    /// The processes that run for agents and their tools; waits until there are none.
    func left(within limit: Duration) async throws -> [String] {
        let deadline = ContinuousClock.now + limit
        while !toolServers.isEmpty, ContinuousClock.now < deadline {
            // Nothing tells of the end of a process that is nobody's child here.
            try await Task.sleep(for: .milliseconds(5))
        }
        return try await marked(within: max(.zero, deadline - .now)) + toolServers.map { "\($0.pid) cm mcp" }
    }
}
