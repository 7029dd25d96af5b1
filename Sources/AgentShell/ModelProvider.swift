/// Whose models an agent uses, when it is not what its own configuration says.
public struct ModelProvider: Hashable, Sendable {
    /// What a provider speaks.
    public enum Kind: String, CaseIterable, Sendable {
        /// OpenAI, or anything that speaks as it does.
        case openai
        /// Azure, which has a header of its own for the key and wants the version of its interface.
        case azure
        /// Ollama and other servers that need no key.
        case ollama
    }

    /// A key that must not be seen: its descriptions are redacted.
    public struct Key: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        /// The key itself, for whoever hands it to the agent; never for a log.
        public let secret: String

        /// Takes `secret` as it is.
        public init(_ secret: String) { self.secret = secret }

        /// Says nothing of the key.
        public var description: String { "(redacted)" }
        /// Says nothing of the key.
        public var debugDescription: String { description }
        /// Has no parts to show.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// What it speaks.
    public var kind: Kind
    /// Where it is, up to the part before `/responses`; nil for the usual place of its kind.
    ///
    /// Azure has no usual place.
    public var baseURL: String?
    /// What it lets us in by; nil when it needs none.
    public var apiKey: Key?
    /// The model to use; nil for the agent's own default.
    public var model: String?
    /// The version of Azure's interface, for example `2025-04-01-preview`; nil elsewhere.
    public var apiVersion: String?

    /// Creates a provider from its parts.
    public init(
        kind: Kind, baseURL: String? = nil, apiKey: Key? = nil, model: String? = nil, apiVersion: String? = nil
    ) {
        self.kind = kind
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.model = model
        self.apiVersion = apiVersion
    }

    /// Where it is: ``baseURL``, else the usual place of its kind; nil when there is none.
    public var address: String? {
        if let baseURL { return baseURL }
        return switch kind {
        case .openai: "https://api.openai.com/v1"
        case .azure: nil
        case .ollama: "http://localhost:11434/v1"
        }
    }
}
