import AgentShell
import Foundation
import Settings

/// Whose models the agents use.
///
/// A base URL or a kind that somebody wrote down counts for all agents. A key alone is common in environments for other
/// reasons: only a Codex without a login of its own uses it.
extension ChatSettings {
    /// For Codex; nil for what its own configuration says.
    var codexProvider: ModelProvider? {
        if let written = writtenProvider { return written }
        guard values[.providerKind] == "auto", let key = values[.providerAPIKey], !hasCodexLogin else { return nil }
        return ModelProvider(kind: .openai, apiKey: ModelProvider.Key(key.value))
    }

    /// For Copilot; nil for GitHub's models.
    var copilotProvider: ModelProvider? { writtenProvider }

    private var writtenProvider: ModelProvider? {
        let address = values[.providerBaseURL]
        let kind: ModelProvider.Kind
        switch values[.providerKind] {
        case "none": return nil
        case "auto":
            guard let address else { return nil }
            let host = URL(string: address)?.host() ?? ""
            kind = host.hasSuffix(".azure.com") ? .azure : values[.providerAPIKey] == nil ? .ollama : .openai
        case let word:
            guard let written = ModelProvider.Kind(rawValue: word) else { return nil }
            kind = written
        }
        // A key that is in the environment for another reason is no business of a server that needs none.
        let key = kind == .ollama ? nil : values[.providerAPIKey]
        return ModelProvider(
            kind: kind, baseURL: address, apiKey: key.map { ModelProvider.Key($0.value) },
            apiVersion: values[.providerAPIVersion])
    }

    private var hasCodexLogin: Bool {
        let home = childEnvironment["CODEX_HOME"] ?? (childEnvironment["HOME"] ?? "") + "/.codex"
        let configuration = FileManager.default.contents(atPath: home + "/config.toml") ?? Data()
        return FileManager.default.fileExists(atPath: home + "/auth.json")
            || configuration.range(of: Data("model_provider".utf8)) != nil
    }
}

extension CopilotProvider {
    /// The provider as Copilot takes it; nil for one that has no place.
    ///
    /// `wireAPI` is one of the words of the setting, `model` the one for whom none is chosen.
    init?(_ provider: ModelProvider, wireAPI: String, model: String?) {
        guard let address = provider.address else { return nil }
        self.init(
            kind: provider.kind == .azure ? .azure : .openai, baseURL: address, apiKey: provider.apiKey?.secret,
            wireAPI: wireAPI == "completions" ? .completions : .responses, model: model,
            azureAPIVersion: provider.apiVersion)
    }
}
