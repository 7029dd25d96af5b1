package import JSONRPC

extension JSONValue {
    /// The whole number, also when it is written as text, as forms do.
    package var integer: Int? {
        switch self {
        case .integer(let value): value
        case .string(let text): Int(text)
        case .double(let value): Int(exactly: value)
        case .null, .bool, .array, .object: nil
        }
    }

    /// Whether it says yes, also as text or number, as forms do.
    package var isTrue: Bool {
        switch self {
        case .bool(let value): value
        case .integer(let value): value == 1
        case .string(let text): ["true", "yes", "1"].contains(text.lowercased())
        case .null, .double, .array, .object: false
        }
    }

    /// The elements; `nil` when this is no array.
    package var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members; `nil` when this is no object.
    package var members: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// An object of those members that have a value.
    static func members(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues(\.self)) }
}
