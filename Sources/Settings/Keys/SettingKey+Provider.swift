extension SettingKey where Value == String {
    /// Whose models the agents use: `auto`, `openai`, `azure`, `ollama` or `none`.
    ///
    /// `auto` decides by the other settings of the provider; `none` leaves it to the agents.
    public static var providerKind: Self {
        Self(
            "provider.kind", default: "auto", form: .choice("auto", "openai", "azure", "ollama", "none"),
            summary:
                "Whose models agents use: auto, openai, azure, ollama or none; none leaves it to the agents."
        )
    }

    /// Which of the provider's interfaces agents use: `responses` or `completions`.
    public static var providerWireAPI: Self {
        Self(
            "provider.wire_api", default: "responses", form: .choice("responses", "completions"),
            summary: "Which interface of the provider agents use: responses or completions.")
    }
}

extension SettingKey where Value == Secret? {
    /// The provider's key; nil when there is none.
    public static var providerAPIKey: Self {
        Self(
            "provider.api_key", established: ["OPENAI_API_KEY"], default: nil,
            form: ValueForm.secret.optional,
            example: #""sk-…""#, summary: "The provider's key.", isSecret: true)
    }
}

extension SettingKey where Value == String? {
    /// Where the provider is, an http or https URL with a host; nil for its usual place.
    public static var providerBaseURL: Self {
        Self(
            "provider.base_url", established: ["OPENAI_BASE_URL"], default: nil,
            form: ValueForm.webAddress.optional,
            example: #""http://127.0.0.1:11434/v1""#,
            summary: "Where the provider is; its usual place when not set.")
    }

    /// The version of the interface, which Azure asks for.
    public static var providerAPIVersion: Self {
        Self(
            "provider.api_version", default: nil, form: ValueForm.text.optional,
            example: #""2025-04-01-preview""#,
            summary: "The version of the provider's interface; only Azure needs it.")
    }
}
