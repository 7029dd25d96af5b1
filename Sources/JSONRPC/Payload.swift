#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Decodes the payload of a line once the caller's type is at hand.
enum Payload {
    /// The members of a line that carry one.
    enum Key: CodingKey { case params }

    /// The `params` of a call.
    ///
    /// Missing ones read like an empty object, as JSON-RPC lets a peer leave them out.
    static func params<Value: Decodable>(_: Value.Type, in line: Data) throws -> Value {
        let decoder = JSONDecoder()
        if let params = try decoder.decode(Params<Value>.self, from: line).params { return params }
        return try decoder.decode(Value.self, from: Data("{}".utf8))
    }

    /// The `params` of a call that is being decoded.
    static func params<Value: Decodable>(_: Value.Type, in message: KeyedDecodingContainer<Key>) throws -> Value {
        if let params = try message.decodeIfPresent(Value.self, forKey: .params) { return params }
        return try JSONDecoder().decode(Value.self, from: Data("{}".utf8))
    }

    /// The `result` of an answer.
    static func result<Value: Decodable>(_: Value.Type, in line: Data) throws -> Value {
        try JSONDecoder().decode(Success<Value>.self, from: line).result
    }

    private struct Params<Value: Decodable>: Decodable { var params: Value? }
    private struct Success<Value: Decodable>: Decodable { var result: Value }
}
