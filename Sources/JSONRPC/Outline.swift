/// What may be logged of a failure to decode: names of members and types, never the values.
enum Outline {
    /// Says where `error` lies; a description made elsewhere is left out, because it may quote the message.
    static func of(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(type(of: error))" }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context.codingPath + [key])) is missing"
        case .typeMismatch(let type, let context): return "\(path(context.codingPath)) is not of type \(type)"
        case .valueNotFound(let type, let context): return "\(path(context.codingPath)) is null, not \(type)"
        case .dataCorrupted(let context): return "\(path(context.codingPath)) is malformed"
        @unknown default: return "it does not decode"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let names = keys.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
        return names.isEmpty ? "the message" : names.joined(separator: ".")
    }
}
