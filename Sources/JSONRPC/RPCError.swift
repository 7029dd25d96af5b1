/// A failure reported by one side to the other, as JSON-RPC spells it on the wire.
public struct RPCError: Error, Hashable, Sendable {
    /// The kind of failure; open-ended, because protocols define their own codes next to the standard ones.
    public struct Code: RawRepresentable, Codable, Hashable, Sendable {
        /// The number on the wire.
        public var rawValue: Int

        /// Creates a code from its number on the wire.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The line was no JSON.
        public static let parseError = Code(rawValue: -32700)
        /// The message made no sense in the present state.
        public static let invalidRequest = Code(rawValue: -32600)
        /// Nobody answers to that method.
        public static let methodNotFound = Code(rawValue: -32601)
        /// The parameters do not fit the method.
        public static let invalidParams = Code(rawValue: -32602)
        /// The method failed for a reason of its own.
        public static let internalError = Code(rawValue: -32603)
    }

    /// The kind of failure.
    public var code: Code
    /// One sentence, written by whoever reports the failure.
    public var message: String
    /// What the method adds, in a shape of its own; `nil` when it adds nothing.
    public var data: JSONValue?

    /// Creates a failure to report, or to compare with one that was reported.
    public init(code: Code, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The answer to a method that nobody serves.
    public static func methodNotFound(_ method: String) -> RPCError {
        RPCError(code: .methodNotFound, message: "\(method) is not supported")
    }
}

extension RPCError: Codable {}

extension RPCError: CustomStringConvertible {
    /// The message and the code.
    public var description: String { "\(message) (code \(code.rawValue))" }
}
