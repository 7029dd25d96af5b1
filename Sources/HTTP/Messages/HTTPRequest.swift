/// A request to be sent.
///
/// Its URL, fields and body may hold secrets: none of them is in any description, error or log.
public struct HTTPRequest: Sendable {
    /// What the server is asked to do.
    public var method: HTTPMethod
    /// `http` or `https`, with everything that has to be escaped escaped.
    public var url: String
    /// Beside those that follow from the URL and the body.
    public var fields: HTTPFields
    /// What is sent.
    public var body: HTTPBody
    /// How long it may take.
    public var timeouts: HTTPTimeouts
    /// How many bytes the body of the answer may have; more fail with `tooLarge`.
    public var bodyLimit: Int
    /// Whether a connection of its own is made for it, which later requests may then use.
    public var usesFreshConnection = false
    /// After an answer with one of these the connection is closed, so that no later request uses it.
    public var closingStatuses: Set<Int> = []
    /// Whether it may be sent again, on another connection, when one that was kept open ends without any answer.
    ///
    /// The server may have acted on the first copy. True by default for methods that only read.
    public var isRepeatable: Bool

    /// Creates a request; 16 MiB of answer are taken unless said otherwise.
    public init(
        _ method: HTTPMethod, _ url: String, fields: HTTPFields = [:], body: HTTPBody = .none,
        timeouts: HTTPTimeouts = HTTPTimeouts(), bodyLimit: Int = 16 << 20
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.timeouts = timeouts
        self.bodyLimit = bodyLimit
        isRepeatable = method == .get || method == .head
    }
}

extension HTTPRequest: Discreet {
    /// The method alone.
    public var description: String { "\(method) request" }
}
