/// The identifier that pairs a request with its answer.
///
/// Each side numbers its own requests, so the same identifier may be under way in both directions at once.
public enum RequestID: Hashable, Sendable {
    /// A whole number, as this side uses.
    case number(Int)
    /// A text, as some peers use.
    case string(String)
}

extension RequestID: Codable {
    /// Decodes a whole number or a text; any other kind of identifier throws.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = .number(try container.decode(Int.self))
        } catch DecodingError.typeMismatch {
            self = .string(try container.decode(String.self))
        }
    }

    /// Encodes the identifier as it was received.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .string(let string): try container.encode(string)
        }
    }
}

extension RequestID: CustomStringConvertible {
    /// The identifier as JSON writes it.
    public var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .string(let string): "\"\(string)\""
        }
    }
}
