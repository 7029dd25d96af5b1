/// Tells Codex about a model provider, in its arguments and its environment.
///
/// Nothing is written into the user's own files, and the key is never in the arguments, which everybody can read.
struct CodexProvider {
    /// What Codex calls the provider.
    static let id = "cm"
    /// Carries the key.
    static let keyVariable = "CM_MODEL_API_KEY"

    private let provider: ModelProvider

    init(_ provider: ModelProvider) { self.provider = provider }

    /// Overrides of Codex's configuration.
    var arguments: [String] {
        let table = "model_providers.\(Self.id)"
        var settings = ["model_provider=\(Self.quoted(Self.id))", "\(table).name=\(Self.quoted(name))"]
        if let address = provider.address { settings.append("\(table).base_url=\(Self.quoted(address))") }
        settings.append("\(table).wire_api=\"responses\"")
        if provider.apiKey != nil {
            settings.append("\(table).\(keyMember)")
            // The commands that the model has run do not get it.
            settings.append("shell_environment_policy.set.\(Self.keyVariable)=\"\"")
        }
        if provider.kind == .azure, let version = provider.apiVersion {
            settings.append("\(table).query_params={\"api-version\"=\(Self.quoted(version))}")
        }
        return settings.flatMap { ["-c", $0] }
    }

    /// What is added to the child's environment.
    var environment: [String: String] { provider.apiKey.map { [Self.keyVariable: $0.secret] } ?? [:] }

    /// Codex knows Azure by its name, too.
    private var name: String {
        switch provider.kind {
        case .openai: "OpenAI"
        case .azure: "azure"
        case .ollama: "Ollama"
        }
    }

    private var keyMember: String {
        switch provider.kind {
        case .azure: "env_http_headers={\"api-key\"=\(Self.quoted(Self.keyVariable))}"
        case .openai, .ollama: "env_key=\(Self.quoted(Self.keyVariable))"
        }
    }

    /// `text` as TOML writes it.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
