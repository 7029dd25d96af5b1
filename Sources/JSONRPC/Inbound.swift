/// The shapes a line can have, told apart without decoding its payload.
///
/// A `method` decides first: both sides number their requests alike, so an `id` alone says nothing. The rest is
/// lenient, because dropping a malformed answer would leave its caller waiting for ever.
enum Inbound: Decodable, Hashable {
    case request(id: RequestID, method: String)
    case notification(method: String)
    /// An answer; whether its `result` is there and fits is for the caller to find out.
    case response(id: RequestID)
    /// An error answer; without an identifier the peer could not tell what it answers.
    case failure(id: RequestID?, RPCError)

    private enum Key: CodingKey { case id, method, error }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let id = try container.decodeIfPresent(RequestID.self, forKey: .id)
        if let method = try container.decodeIfPresent(String.self, forKey: .method) {
            self = id.map { .request(id: $0, method: method) } ?? .notification(method: method)
        } else if let error = Self.failure(in: container) {
            self = .failure(id: id, error)
        } else if let id {
            self = .response(id: id)
        } else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "neither a request, a notification nor an answer"))
        }
    }

    private static func failure(in container: KeyedDecodingContainer<Key>) -> RPCError? {
        do {
            return try container.decodeIfPresent(RPCError.self, forKey: .error)
        } catch {
            return RPCError(code: .internalError, message: "an error in a shape of its own")
        }
    }
}
