/// A call that expects no answer; the conforming type is the call's parameters.
///
/// To send one it must be `Encodable`; to take one, `Decodable`.
public protocol Notification: Sendable {
    /// The method's name on the wire.
    static var method: String { get }
}
