/// The way to answer one request of the peer, from any task and at any time while the connection lives.
public struct Reply: Sendable {
    /// The peer's identifier of the request.
    public let id: RequestID
    let connection: Connection

    /// Answers with `result`; only the first answer counts.
    ///
    /// - Returns: Whether it was the first answer to a request that the peer had not given up.
    @discardableResult public func send(_ result: some Encodable & Sendable) throws -> Bool {
        connection.answer(id, with: try Outbound(id: id, result: result).line())
    }

    /// Answers with `error`; only the first answer counts.
    ///
    /// - Returns: Whether it was the first answer to a request that the peer had not given up.
    @discardableResult public func refuse(_ error: RPCError) throws -> Bool {
        connection.answer(id, with: try Outbound<Empty>(id: id, error: error).line())
    }
}
