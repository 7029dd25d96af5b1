import JSONRPC

/// A text with entities, as it is after the server has checked and cleaned it.
struct FormattedText: Hashable, Sendable {
    /// How long a message may be, in UTF-16 code units.
    static let messageLimit = 4096
    /// How long the caption of a file may be.
    static let captionLimit = 1024
    /// How many bytes the server takes at all.
    private static let byteLimit = 1 << 15

    var text: String
    var entities: [ShownEntity]

    /// The text of a message.
    ///
    /// Stricter than Telegram, which passes over some faults of entities in silence: here each is a 400, so that it is
    /// seen.
    static func message(_ raw: String, entities: JSONValue?) throws(APIFault) -> FormattedText {
        guard !raw.isEmpty else { throw .badRequest("message text is empty") }
        let formatted = try cleaned(raw, entities)
        guard !formatted.text.isEmpty else { throw .badRequest("text must be non-empty") }
        guard formatted.text.utf16.count <= messageLimit else { throw .badRequest("message is too long") }
        return formatted
    }

    /// The caption of a file, which may be empty.
    static func caption(_ raw: String, entities: JSONValue?) throws(APIFault) -> FormattedText {
        let formatted = try cleaned(raw, entities)
        guard formatted.text.utf16.count <= captionLimit else { throw .badRequest("message caption is too long") }
        return formatted
    }

    private static func cleaned(_ raw: String, _ entities: JSONValue?) throws(APIFault) -> FormattedText {
        guard raw.utf8.count <= byteLimit else { throw .badRequest("text is too long") }
        let checked = try EntityRules.check(entities, in: Array(raw.utf16))
        var cleaning = TextCleaning(raw)
        cleaning.trim(firstEntity: checked.map(\.offset).min())
        return FormattedText(text: cleaning.text, entities: checked.compactMap(cleaning.moved))
    }
}
