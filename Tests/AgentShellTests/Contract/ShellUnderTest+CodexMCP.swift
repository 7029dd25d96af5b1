import AgentShell
import Foundation

extension ShellUnderTest {
    /// Codex of the last release that serves MCP, through `codex mcp-server`.
    static let codexMCP = ShellUnderTest(
        name: "codex 0.147.0 over MCP",
        abilities: [.streams, .acts, .tells, .asks, .provider, .process, .persists, .tools], memory: .digest
    ) {
        let world = try await CodexHome()
        return world.contract { isAsking in
            var options = CodexMCPOptions(
                command: ReleasedAgents.folder + "/codex-0.147.0/codex", environment: world.environment,
                workingDirectory: world.place.workspace, clientVersion: "0")
            options.approvalPolicy = isAsking ? "untrusted" : "never"
            // The sandbox is not part of this package of Codex.
            options.sandbox = "danger-full-access"
            options.custody = world.place.custody
            let shell = CodexMCPShell(options: options)
            return (shell, { await shell.run() })
        }
    }
}
