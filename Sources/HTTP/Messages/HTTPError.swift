/// An exchange that did not come to its end.
public struct HTTPError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// The host, or the proxy, has no address that can be found.
        case nameNotResolved
        /// Nobody listens there, no way leads there, or the connection ended before the request could be sent.
        case notConnected
        /// No connection was made in the time for it.
        case connectTimeout
        /// No byte came or went for too long.
        case idleTimeout
        /// The exchange took longer than it may.
        case wholeTimeout
        /// The server could not prove who it is, or the two found no common way to encrypt.
        case tlsFailed
        /// The connection ended before the answer did.
        case connectionClosed
        /// The answer has more bytes than the request allows.
        case tooLarge
        /// What came is not HTTP.
        case badAnswer
        /// The URL is none that can be asked.
        case badURL
        /// A method, field or part of a form that cannot be sent.
        case badRequest
        /// The client was closed.
        case closed
        /// Anything else.
        case other
    }

    /// What went wrong.
    public var code: Code
    /// The host that was asked; `nil` when the URL has none.
    public var host: String?
    /// What the system or libcurl says about it; never with a path, a header value or a body in it.
    public var detail: String?
    /// Whether the server may have acted on the request.
    ///
    /// False only when certainly nothing of it was sent; sending it again is safe then.
    public var mayHaveReached: Bool

    /// Creates an error.
    public init(_ code: Code, host: String? = nil, detail: String? = nil, mayHaveReached: Bool) {
        self.code = code
        self.host = host
        self.detail = detail
        self.mayHaveReached = mayHaveReached
    }
}

extension HTTPError: CustomStringConvertible {
    /// One sentence that says what to look at.
    public var description: String {
        let name = host ?? "the server"
        let sentence =
            switch code {
            case .nameNotResolved: "the name of \(name), or of the proxy to it, has no address; is the network up?"
            case .notConnected: "no connection to \(name)"
            case .connectTimeout: "no connection to \(name) in time"
            case .idleTimeout: "\(name) was silent for too long"
            case .wholeTimeout: "\(name) did not answer in time"
            case .tlsFailed: "no trusted connection to \(name)"
            case .connectionClosed: "\(name) ended the connection before its answer was whole"
            case .tooLarge: "the answer of \(name) is larger than expected"
            case .badAnswer: "the answer of \(name) is not HTTP"
            case .badURL: "a URL cannot be used"
            case .badRequest: "a request cannot be sent"
            case .closed: "the request to \(name) was given up, because the client was closed"
            case .other: "the request to \(name) failed"
            }
        return detail.map { "\(sentence): \($0)" } ?? sentence
    }
}
