/// A failure of the conversation itself, as opposed to one that the peer reports.
public struct ConnectionError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// The peer closed its side, or `run(over:)` ended otherwise; no answer will come.
        case closed
        /// The peer answered with something that is not the method's response.
        case unexpectedResult
    }

    /// What went wrong.
    public var code: Code
    /// The method that was answered; `nil` when the failure concerns the whole conversation.
    public var method: String?
    /// Where the answer departs from what was expected; names members, never their values.
    public var detail: String?

    /// No answer will come.
    public static let closed = ConnectionError(code: .closed)

    static func unexpectedResult(of method: String, _ error: any Error) -> ConnectionError {
        ConnectionError(code: .unexpectedResult, method: method, detail: Outline.of(error))
    }
}

extension ConnectionError: CustomStringConvertible {
    /// One sentence for whoever reads the log.
    public var description: String {
        switch code {
        case .closed: "the other side ended the conversation before it answered"
        case .unexpectedResult:
            "the answer to \(method ?? "a request") is not what was expected: \(detail ?? "no detail")"
        }
    }
}
