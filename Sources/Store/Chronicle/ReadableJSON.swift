import Conversation
import Foundation

/// JSON for people and their tools: keys in `snake_case` and in order.
enum ReadableJSON {
    /// `value` in lines of their own with `isPretty`, else in one.
    static func encode(_ value: some Encodable, isPretty: Bool) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }
}

/// A field that is always there, `null` when it has no value.
struct Nullable<Value: Encodable>: Encodable {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension Timestamp {
    /// The moment in UTC, with milliseconds: `2026-11-21T18:00:00.000Z`.
    var iso8601: String {
        let (seconds, milliseconds) = millisecondsSince1970.quotientAndRemainder(dividingBy: 1000)
        let digits = "\(1000 + milliseconds)".dropFirst()
        return Self.whole(seconds).dropLast() + "." + digits + "Z"
    }

    /// The same, in whole seconds.
    var iso8601InSeconds: String { Self.whole(millisecondsSince1970 / 1000) }

    private static func whole(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
