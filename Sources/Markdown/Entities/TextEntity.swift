/// A part of a text that looks or acts in a certain way, as Telegram's Bot API has it.
public struct TextEntity: Sendable, Equatable {
    /// How it looks or acts.
    public enum Kind: Sendable, Hashable {
        /// Heavy type.
        case bold
        /// Slanted type.
        case italic
        /// Struck through.
        case strikethrough
        /// A few words of code.
        case code
        /// Lines of code, in a language when it is known.
        case pre(language: String?)
        /// A link that Telegram takes: `http`, `https` or `tg`.
        case textLink(url: String)
        /// A quotation.
        case blockquote

        /// What the Bot API calls it.
        public var name: String {
            switch self {
            case .bold: "bold"
            case .italic: "italic"
            case .strikethrough: "strikethrough"
            case .code: "code"
            case .pre: "pre"
            case .textLink: "text_link"
            case .blockquote: "blockquote"
            }
        }
    }

    /// How it looks or acts.
    public let kind: Kind
    /// Where it begins, in UTF-16 code units.
    public let offset: Int
    /// How long it is, in UTF-16 code units.
    public let length: Int

    /// Creates an entity.
    public init(_ kind: Kind, offset: Int, length: Int) {
        self.kind = kind
        self.offset = offset
        self.length = length
    }

    /// Where it ends, in UTF-16 code units.
    public var end: Int { offset + length }
}
