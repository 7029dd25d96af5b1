import JSONRPC

/// Why a core in another process did not do something.
public struct ControlError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The causes that callers tell apart.
    public enum Code: Hashable, Sendable {
        /// The two programs are of versions that do not understand each other.
        case incompatible
        /// This process may not do that.
        case refused
        /// The host keeps the core.
        case notHandedOver
        /// The core is older than what was asked of it.
        case unknown
        /// Anything else.
        case failed
    }

    /// Which cause it is.
    public var code: Code
    /// What a person can act on.
    public var description: String

    init(_ error: RPCError) {
        code =
            switch error.code {
            case .incompatible: .incompatible
            case .notAllowed: .refused
            case .notHandedOver: .notHandedOver
            case .methodNotFound: .unknown
            default: .failed
            }
        description = error.message
    }

    init(_ error: ConnectionError) {
        code = .failed
        description = error.description
    }
}
