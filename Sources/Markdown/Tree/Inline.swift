/// A piece of a line of Markdown.
public enum Inline: Sendable, Equatable {
    /// Plain text, its escapes and character references resolved.
    case text(String)
    /// Code.
    case code(String)
    /// Usually shown in italics.
    case emphasis([Inline])
    /// Usually shown in bold.
    case strong([Inline])
    /// Struck through.
    case strikethrough([Inline])
    /// A link; `destination` is as it was written, and nothing is known of what it is.
    case link(destination: String, [Inline])
    /// An image, with what is said of it in its place.
    case image(source: String, [Inline])
    /// An end of a line in the source that means nothing.
    case softBreak
    /// An end of a line that was asked for.
    case hardBreak
    /// HTML as it was written; it is not interpreted.
    case html(String)
}

extension [Inline] {
    /// The text alone, with a blank for each end of a line.
    var plainText: String {
        reduce(into: "") { text, inline in
            switch inline {
            case .text(let part), .code(let part), .html(let part): text += part
            case .emphasis(let children), .strong(let children), .strikethrough(let children),
                .link(_, let children), .image(_, let children):
                text += children.plainText
            case .softBreak, .hardBreak: text += " "
            }
        }
    }
}
