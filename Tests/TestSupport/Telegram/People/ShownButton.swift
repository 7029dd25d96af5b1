import JSONRPC

/// A button under a message.
public struct ShownButton: Hashable, Sendable {
    /// What is on it.
    public var label: String
    /// What the bot is told when it is pressed; `nil` when it opens an address or copies a text.
    public var data: String?
    /// The address that it opens.
    public var url: String?
    /// The text that it copies.
    public var copiedText: String?
    /// `danger`, `success`, `primary`, or `nil`.
    public var style: String?

    var json: JSONValue {
        .members([
            "text": .string(label), "callback_data": data.map { .string($0) }, "url": url.map { .string($0) },
            "copy_text": copiedText.map { ["text": .string($0)] }, "style": style.map { .string($0) },
        ])
    }
}
