#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The answer to a line of which it is unknown what it asks for.
struct BadInputAnswer: Encodable {
    var error: RPCError

    /// The answer to a line that is no message.
    init(to line: Data) {
        do {
            let value = try JSONDecoder().decode(JSONValue.self, from: line)
            let what = if case .array = value { "a batch, which is not supported" } else { "no JSON-RPC message" }
            error = RPCError(code: .invalidRequest, message: "the line is \(what)")
        } catch {
            self.error = RPCError(code: .parseError, message: "the line is no JSON")
        }
    }

    /// The answer to a line that is longer than is taken.
    init(to error: LineFramer.LineTooLong) {
        self.error = RPCError(code: .invalidRequest, message: "a line may have at most \(error.limit) bytes")
    }

    private enum Key: CodingKey { case jsonrpc, id, error }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("2.0", forKey: .jsonrpc)
        try container.encodeNil(forKey: .id)
        try container.encode(error, forKey: .error)
    }

    /// The answer as one line, without its line feed.
    func line() throws -> Data { try JSONEncoder().encode(self) }

    /// Whether `line`, which has the shape of an answer, says nothing; some peers leave an empty result out.
    static func isDue(toAnswer line: Data) -> Bool {
        struct Answer: Decodable {
            var hasResult: Bool
            private enum Key: CodingKey { case result }
            init(from decoder: any Decoder) throws {
                hasResult = try decoder.container(keyedBy: Key.self).contains(.result)
            }
        }
        do {
            return try !JSONDecoder().decode(Answer.self, from: line).hasResult
        } catch {
            return true
        }
    }
}
