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
    /// The version of Azure's interface, for example `2025-04-01-preview`; nil elsewhere.
    public var apiVersion: String?

    /// Creates a provider from its parts.
    public init(
        kind: Kind, baseURL: String? = nil, apiKey: Key? = nil, apiVersion: String? = nil
    ) {
        self.kind = kind
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.apiVersion = apiVersion
    }

    /// Where it is: ``baseURL``, else the usual place of its kind; nil when there is none.
    ///
    /// Azure writes down the place without a path; the interface that agents use is below `/openai`, and below
    /// `/openai/v1` where no version is named.
    public var address: String? {
        var address = baseURL
        while address?.last == "/" { address?.removeLast() }
        switch kind {
        case .openai: return address ?? "https://api.openai.com/v1"
        case .ollama: return address ?? "http://localhost:11434/v1"
        case .azure:
            guard let address else { return nil }
            let hasPath = address.split(separator: "/").count > 2
            let place = hasPath ? address : address + "/openai"
            return apiVersion == nil && place.hasSuffix("/openai") ? place + "/v1" : place
        }
    }
}

extension [String: String] {
    /// This environment without the variables that hold `key`.
    ///
    /// The commands that a model has run can see what its agent was given.
    func withoutKey(_ key: String?) -> Self {
        // A key that is only a word, for a server that needs none, may be the value of something else.
        filter { name, value in !name.contains("KEY") || value != key }
    }
}
