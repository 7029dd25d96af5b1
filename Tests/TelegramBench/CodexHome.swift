import Foundation

/// Where Codex keeps its configuration, with a model on this machine in it.
struct CodexHome {
    let path: String
    /// The model's address.
    let model: String

    /// Writes the configuration; returns what the environment of Codex needs for it.
    func write() throws -> [String: String] {
        let configuration = """
            model = "gpt-5.5"
            model_provider = "fake"
            [model_providers.fake]
            name = "fake"
            base_url = "\(model)"
            wire_api = "responses"
            env_key = "FAKE_KEY"
            """
        try configuration.write(toFile: "\(path)/config.toml", atomically: true, encoding: .utf8)
        return ["CODEX_HOME": path, "FAKE_KEY": "none"]
    }
}
