import AgentShell
import Foundation
import TestSupport

extension ShellUnderTest {
    /// Copilot, through `copilot --headless`.
    static let copilot = ShellUnderTest(
        name: "copilot 1.0.57",
        abilities: [.streams, .acts, .tells, .asks, .steers, .provider, .process, .persists, .tools], memory: .thread
    ) {
        let place = try ContractPlace()
        let model = try await FakeProvider("fake_chat.py", in: place.path)
        // It asks always; tests in which nobody is asked allow all.
        return ContractWorld(place: place) { _ in
            let environment = place.environment.merging([
                "COPILOT_HOME": place.home,
                // It unpacks itself once for all tests.
                "COPILOT_CACHE_HOME": ReleasedAgents.folder + "/copilot-cache",
            ]) { $1 }
            var options = CopilotOptions(
                command: ReleasedAgents.folder + "/copilot-1.0.57/copilot", environment: environment,
                workingDirectory: place.workspace, model: "fake-model",
                provider: CopilotProvider(baseURL: model.address, apiKey: "none"), handshakeTimeout: .seconds(60))
            options.custody = place.custody
            let shell = CopilotShell(options: options)
            return (shell, { await shell.run() })
        } errand: { deed in
            Errand(chatting: deed, in: place.workspace)
        } told: {
            model.requests().last ?? ""
        }
    }
}

extension Errand {
    /// What makes the model of `fake_chat.py` do `deed`.
    fileprivate init(chatting deed: Deed, in workspace: String) {
        switch deed {
        case .file(let file):
            let prompt = "[[write: \(workspace)/\(file) CONTENT]] [[say: it is done]]"
            self.init(prompt: prompt, answer: "it is done", title: file)
        case .tool(let tool, let arguments):
            let prompt = "[[tool: cm-\(tool) \(arguments)]] [[say: it is done]]"
            self.init(prompt: prompt, answer: "it is done", title: "cm.\(tool)")
        case .say, .talk, .chat, .command, .work, .fail:
            self.init(responding: deed)
        }
    }
}
