import AgentShell
import Logging
import Processes
import Prompts

/// Puts together the agents that the settings ask for.
struct AgentAssembly {
    let settings: ChatSettings
    let custody: Custody
    let clock: any Clock<Duration>
    let logger: @Sendable (String) -> Logger

    func makePool() -> ShellPool {
        var options = settings.codex
        options.custody = custody
        let codex = CodexShell(options: options, clock: clock, logger: logger("codex"))
        let isCodexThere = settings.isCodexChosen || settings.isCodexInstalled
        return ShellPool(
            [
                ShellPool.Member(codex, isInstalled: { isCodexThere }),
                ShellPool.Member(OfflineShell(introduction: Prompt.offline)),
            ], processes: [codex.run], logger: logger("agents"))
    }
}
