import JSONRPC

/// The model provider that Copilot is to use instead of GitHub's.
public struct CopilotProvider: Sendable {
    /// What a provider speaks.
    public enum Kind: String, Sendable {
        case openai, azure, anthropic
    }

    /// Which of OpenAI's interfaces is used.
    public enum WireAPI: String, Sendable {
        case completions, responses
    }

    /// What it speaks.
    public var kind: Kind
    /// Where it is, with the version path: `https://api.openai.com/v1`.
    public var baseURL: String
    /// The key; nil where none is needed.
    public var apiKey: String?
    /// Which of OpenAI's interfaces is used.
    public var wireAPI: WireAPI
    /// Sent with each request, by name; may hold secrets.
    public var headers: [String: String]
    /// The `api-version` of Azure; nil for Copilot's own choice.
    public var azureAPIVersion: String?

    /// Creates a provider from its parts.
    public init(
        kind: Kind = .openai, baseURL: String, apiKey: String? = nil, wireAPI: WireAPI = .completions,
        headers: [String: String] = [:], azureAPIVersion: String? = nil
    ) {
        self.kind = kind
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.wireAPI = wireAPI
        self.headers = headers
        self.azureAPIVersion = azureAPIVersion
    }
}

// The key and the headers must not get into logs by way of a description.
extension CopilotProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What it speaks and where it is, without secrets.
    public var description: String { "\(kind.rawValue) at \(baseURL)" }
    /// What it speaks and where it is, without secrets.
    public var debugDescription: String { description }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension CopilotProvider: Encodable {
    private enum Key: CodingKey { case type, wireApi, baseUrl, apiKey, headers, azure }
    private enum AzureKey: CodingKey { case apiVersion }

    /// Encodes it as Copilot takes it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind.rawValue, forKey: .type)
        try container.encode(baseURL, forKey: .baseUrl)
        try container.encodeIfPresent(apiKey, forKey: .apiKey)
        if kind != .anthropic { try container.encode(wireAPI.rawValue, forKey: .wireApi) }
        if !headers.isEmpty { try container.encode(headers, forKey: .headers) }
        guard let azureAPIVersion else { return }
        var azure = container.nestedContainer(keyedBy: AzureKey.self, forKey: .azure)
        try azure.encode(azureAPIVersion, forKey: .apiVersion)
    }
}
