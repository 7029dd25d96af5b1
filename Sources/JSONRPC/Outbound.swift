#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One outgoing message.
struct Outbound<Payload: Encodable>: Encodable {
    var id: RequestID?
    var method: String?
    var params: Payload?
    var result: Payload?
    var error: RPCError?

    private enum Key: CodingKey { case jsonrpc, id, method, params, result, error }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        // Peers that leave it out themselves tolerate it; others insist.
        try container.encode("2.0", forKey: .jsonrpc)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encodeIfPresent(method, forKey: .method)
        try container.encodeIfPresent(params, forKey: .params)
        try container.encodeIfPresent(result, forKey: .result)
        try container.encodeIfPresent(error, forKey: .error)
    }

    /// The message as one line, without its line feed; JSON escapes any within.
    func line() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try encoder.encode(self)
    }
}
