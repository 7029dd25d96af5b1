#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What this side answers to.
///
/// Everything the peer says unasked is handed over by one task, in the order of arrival: typed notifications and
/// whatever goes to `onEverythingElse` while that task waits, typed requests by starting a child task for each. So
/// handlers must not block; a peer that is faster than they are is held back by the pipe.
public struct MethodTable: Sendable {
    /// Decodes a notification's parameters and returns what takes them.
    typealias Notice = @Sendable (KeyedDecodingContainer<Payload.Key>) throws -> @Sendable () -> Void
    /// Runs a request and returns what makes its answer for an identifier.
    typealias Method = @Sendable (IncomingMessage) async throws -> @Sendable (RequestID) throws -> Data

    var notices: [String: Notice] = [:]
    var methods: [String: Method] = [:]
    var everythingElse: @Sendable (Incoming) -> Bool = { _ in false }

    /// Creates a table that knows no method: notifications are ignored, requests answered with "method not found".
    public init() {}

    /// Answers `R` with `body`, each call in a child task of its own, cancelled when the conversation ends.
    ///
    /// An `RPCError` thrown by `body` reaches the peer as it is, any other error as "internal error".
    public mutating func on<R: Request & Decodable>(
        _: R.Type, _ body: @escaping @Sendable (R) async throws -> R.Response
    ) where R.Response: Encodable {
        methods[R.method] = { message in
            let params: R
            do {
                params = try message.params()
            } catch {
                throw RPCError(code: .invalidParams, message: "\(R.method): \(Outline.of(error))")
            }
            let result = try await body(params)
            return { id in try Outbound(id: id, result: result).line() }
        }
    }

    /// Takes `N` with `body`, in the order of arrival.
    ///
    /// A notification whose parameters do not decode is left out and mentioned in the log.
    public mutating func on<N: Notification & Decodable>(_: N.Type, _ body: @escaping @Sendable (N) -> Void) {
        notices[N.method] = { message in
            let notification = try Payload.params(N.self, in: message)
            return { body(notification) }
        }
    }

    /// Takes undecoded, in the order of arrival, what no typed handler is registered for.
    ///
    /// - Parameter body: Returns whether it knows the method. A request it does not know is answered with "method not
    ///   found"; for one it knows, it has taken on to use the reply.
    public mutating func onEverythingElse(_ body: @escaping @Sendable (Incoming) -> Bool) { everythingElse = body }
}
