public import JSONRPC

/// One request to the server, and what became of it.
public struct RecordedCall: Sendable, CustomStringConvertible {
    /// What became of a request.
    public enum Outcome: Hashable, Sendable {
        /// It is not answered yet.
        case waiting
        /// It succeeded.
        case succeeded(JSONValue)
        /// It failed with this code.
        case failed(Int, String)
        /// The client has gone, or was made to find nobody.
        case lost
    }

    /// Its number, counted from 0.
    public let index: Int
    /// The method as the client wrote it.
    public let method: String
    /// The parameters by name; from forms these are texts.
    public let parameters: [String: JSONValue]
    /// When it came, in seconds since 1970 by the server's clock.
    public let time: Double
    /// What became of it.
    public internal(set) var outcome = Outcome.waiting
    /// The fault that was made for it.
    public internal(set) var fault: TelegramFault?

    /// For people.
    public var description: String { "\(index) \(method) \(parameters) -> \(outcome)" }
}
