import Conversation
import JSONRPC

/// The model provider that Copilot is to use instead of GitHub's.
public struct CopilotProvider: Sendable {
    /// What a provider speaks.
    public enum Kind: String, Sendable {
        case openai, azure
    }

    /// Which of OpenAI's interfaces is used.
    public enum WireAPI: String, Sendable {
        case completions, responses
    }

    /// What it speaks.
    public var kind: Kind
    /// Where it is, up to the part before `/responses`: `https://api.openai.com/v1`.
    public var baseURL: String
    /// The key; nil where none is needed.
    public var apiKey: String?
    /// Which of OpenAI's interfaces is used.
    public var wireAPI: WireAPI
    /// The model of conversations that name none; Copilot has no choice of its own for a provider.
    public var model: String?
    /// The `api-version` of Azure; nil for the interface that needs none.
    public var azureAPIVersion: String?

    /// Creates a provider from its parts.
    public init(
        kind: Kind = .openai, baseURL: String, apiKey: String? = nil, wireAPI: WireAPI = .completions,
        model: String? = nil, azureAPIVersion: String? = nil
    ) {
        self.kind = kind
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.wireAPI = wireAPI
        self.model = model
        self.azureAPIVersion = azureAPIVersion
    }

    /// Throws when Copilot would ask another address than this one; it would not say so.
    func checkAddress() throws {
        guard kind == .azure, !address.contains(azureAPIVersion == nil ? "/openai/v1" : "/openai/") else { return }
        let needed = azureAPIVersion == nil ? "/openai/v1, or provider.api_version be set" : "/openai"
        throw AgentError(
            .unavailable, "copilot cannot reach Azure at \(baseURL): provider.base_url has to end with \(needed)")
    }

    /// Where it is, as Copilot has to be told to leave the path alone.
    private var address: String { kind == .azure && baseURL.hasSuffix("/openai") ? baseURL + "/" : baseURL }

    /// With a version Copilot puts the deployment into the path of completions; below `/openai/v1` there is none such.
    private var sentAPIVersion: String? {
        wireAPI == .completions && address.contains("/openai/v1") ? nil : azureAPIVersion
    }
}

// The key must not get into logs by way of a description.
extension CopilotProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What it speaks and where it is, without secrets.
    public var description: String { "\(kind.rawValue) at \(baseURL)" }
    /// What it speaks and where it is, without secrets.
    public var debugDescription: String { description }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension CopilotProvider: Encodable {
    private enum Key: CodingKey { case type, wireApi, baseUrl, apiKey, azure }
    private enum AzureKey: CodingKey { case apiVersion }

    /// Encodes it as Copilot takes it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind.rawValue, forKey: .type)
        try container.encode(address, forKey: .baseUrl)
        try container.encodeIfPresent(apiKey, forKey: .apiKey)
        try container.encode(wireAPI.rawValue, forKey: .wireApi)
        guard let version = sentAPIVersion else { return }
        var azure = container.nestedContainer(keyedBy: AzureKey.self, forKey: .azure)
        try azure.encode(version, forKey: .apiVersion)
    }
}
