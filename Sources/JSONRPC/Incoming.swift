#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Something the peer says unasked.
public enum Incoming: Sendable {
    /// It expects no answer.
    case notification(IncomingMessage)
    /// It expects exactly one answer, now or later, through the reply.
    case request(IncomingMessage, Reply)
}

/// A notification or request as it arrived, its parameters not yet decoded.
public struct IncomingMessage: Sendable {
    /// The method's name on the wire.
    public let method: String
    /// The whole message, for whoever decodes just the members it needs.
    public let line: Data

    /// Decodes the parameters; a message without any reads as if they were an empty object.
    public func params<Params: Decodable>(as type: Params.Type = Params.self) throws -> Params {
        try Payload.params(type, in: line)
    }
}
