/// What a message of the bot shows.
public struct SlotContent: Hashable, Sendable, Codable {
    /// A button, by what is written on it and what it carries.
    public struct Button: Hashable, Sendable, Codable {
        /// What is written on it.
        public var title: String
        /// 1 to 64 bytes.
        public var carries: String

        /// Creates a button.
        public init(_ title: String, carries: String) {
            self.title = title
            self.carries = carries
        }
    }

    /// A file in place of a text.
    public struct Document: Hashable, Sendable, Codable {
        /// What people see.
        public var fileName: String
        /// Where it is on this machine; else ``text`` is what it holds.
        public var path: String?
        /// What is written under it; at most 1,024 UTF-16 code units.
        public var caption: String

        /// Creates a document.
        public init(fileName: String, path: String? = nil, caption: String = "") {
            self.fileName = fileName
            self.path = path
            self.caption = caption
        }
    }

    /// The text, at most 4,096 UTF-16 code units unless it is a document's.
    public var text: String
    /// What is marked in it; not used for a document.
    public var entities: [BotEntity]
    /// Rows of buttons.
    public var buttons: [[Button]]
    /// Set when the text is sent as a file.
    public var document: Document?

    /// Creates what a message shows.
    public init(
        _ text: String, entities: [BotEntity] = [], buttons: [[Button]] = [], document: Document? = nil
    ) {
        self.text = text
        self.entities = entities
        self.buttons = buttons
        self.document = document
    }
}
