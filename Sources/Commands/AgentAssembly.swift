import AgentShell
import Logging
import Prompts

/// Puts together the agents that the settings ask for.
struct AgentAssembly {
    let settings: ChatSettings
    let clock: any Clock<Duration>
    let logger: @Sendable (String) -> Logger

    func makePool() -> ShellPool {
        let codex = CodexShell(options: settings.codex, clock: clock, logger: logger("codex"))
        let isCodexThere = settings.isCodexChosen || settings.isCodexInstalled
        return ShellPool(
            [
                ShellPool.Member(codex, isInstalled: { isCodexThere }),
                ShellPool.Member(OfflineShell(introduction: Prompt.offline)),
            ], processes: [codex.run], logger: logger("agents"))
    }
}
