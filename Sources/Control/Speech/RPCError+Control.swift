import Conversation
import JSONRPC

extension RPCError.Code {
    /// There is no version of the protocol that both sides speak.
    static let incompatible = RPCError.Code(rawValue: -32001)
    /// Something was asked before `initialize`.
    static let notInitialized = RPCError.Code(rawValue: -32002)
    /// The client may not do that.
    static let notAllowed = RPCError.Code(rawValue: -32003)
    /// The core is closed, and took nothing.
    static let closed = RPCError.Code(rawValue: -32010)
    /// The core could not store it, and took nothing.
    static let notStored = RPCError.Code(rawValue: -32011)
    /// The host does not hand the core over.
    static let notHandedOver = RPCError.Code(rawValue: -32012)
    /// What was asked cannot be done as things are.
    static let notDone = RPCError.Code(rawValue: -32014)
    /// There are as many subscriptions as one connection may have.
    static let tooMany = RPCError.Code(rawValue: -32013)
}

extension RPCError {
    /// What a client is told that may not do something.
    static func notAllowed(_ why: String) -> RPCError { RPCError(code: .notAllowed, message: why) }

    /// What a client is told whose parameter does not fit.
    static func invalid(_ member: String, of method: String, _ why: String) -> RPCError {
        RPCError(code: .invalidParams, message: "\(method): \(member) \(why)")
    }

    /// The refusal of the core.
    init(_ error: HubError) {
        let code: Code =
            switch error.code {
            case .closed: .closed
            case .notStored: .notStored
            case .failed: .internalError
            }
        self.init(code: code, message: error.description)
    }
}
