import JSONRPC

/// A part of a text that looks or acts differently; counted in UTF-16 code units.
public struct ShownEntity: Hashable, Sendable {
    /// `bold`, `text_link` and so on.
    public var type: String
    /// Where it begins.
    public var offset: Int
    /// How long it is.
    public var length: Int
    /// Where a `text_link` leads.
    public var url: String?
    /// The language of a `pre`.
    public var language: String?
    /// The user of a `text_mention`.
    public var userID: Int?

    /// Creates an entity.
    public init(_ type: String, at offset: Int, length: Int, url: String? = nil, language: String? = nil) {
        self.type = type
        self.offset = offset
        self.length = length
        self.url = url
        self.language = language
    }

    /// Where it ends.
    var end: Int { offset + length }

    var json: JSONValue {
        .members([
            "type": .string(type), "offset": .integer(offset), "length": .integer(length),
            "url": url.map { .string($0) }, "language": language.map { .string($0) },
            "user": userID.map { ["id": .integer($0), "is_bot": false, "first_name": "User"] },
        ])
    }
}
