#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Conversation
import JSONRPC

/// The title and the exact rest of what Codex asks.
///
/// Together they say what is allowed, so nothing may get lost between them.
struct CodexApprovalWording {
    /// The most characters of a detail.
    static let limit = 100_000

    private(set) var title: String
    private var parts: [String] = []

    /// `whole` in one line; when that leaves anything out, `whole` is also the first part of the detail.
    init(_ whole: String, else placeholder: String = "") {
        title = whole.headline(200)
        if title.isEmpty { title = placeholder }
        if title != whole, !whole.isEmpty { parts.append(whole) }
    }

    /// Adds to the detail what there is to add.
    mutating func add(_ part: String?) {
        guard let part, !part.isEmpty else { return }
        parts.append(part)
    }

    /// Adds `value` as JSON when it holds anything.
    mutating func add(_ name: String, json value: JSONValue?) {
        switch value {
        case nil, .null, .object([:]), .array([]): return
        case let value?: add(name.isEmpty ? Self.json(value) : "\(name): \(Self.json(value))")
        }
    }

    var detail: String { Self.bounded(parts.joined(separator: "\n")) }

    /// `text`, with what exceeds the limit replaced by its length and check sum: a differing rest stays a difference.
    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > limit, text.count > limit else { return text }
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a, which is the same in every run
        for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let end = "\n… \(text.count) characters in all, check sum \(String(sum, radix: 16))"
        return text.prefix(limit - end.count) + end
    }

    private static func json(_ value: JSONValue) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            return "\(value)"  // a number that JSON cannot write, which did not come from JSON
        }
    }
}
