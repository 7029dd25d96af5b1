/// A block of Markdown: what stands on lines of its own.
public enum Block: Sendable, Equatable {
    /// Running text.
    case paragraph([Inline])
    /// A heading of a level from 1 to 6.
    case heading(level: Int, [Inline])
    /// A list, of either kind.
    case list(MarkdownList)
    /// A quotation.
    case quote([Block])
    /// Code, fenced or indented, without the line feed at its end; `info` is what stands behind the fence.
    case code(info: String, String)
    /// A table.
    case table(MarkdownTable)
    /// A line between two sections.
    case thematicBreak
    /// HTML as it was written; it is not interpreted.
    case html(String)
    /// Text as it was written: too long or too costly to parse, or a part of the source that makes no block.
    case unparsed(String)
}
