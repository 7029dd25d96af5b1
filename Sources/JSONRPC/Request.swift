/// A call that expects an answer; the conforming type is the call's parameters.
///
/// To send one it must be `Encodable` and its response `Decodable`; to serve one, the other way round.
public protocol Request<Response>: Sendable {
    /// What the answer's `result` holds.
    associatedtype Response: Sendable

    /// The method's name on the wire.
    static var method: String { get }
}
