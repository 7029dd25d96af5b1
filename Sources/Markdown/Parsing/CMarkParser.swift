import CMarkdown
import Locking

/// The parser itself: cmark-gfm with tables, strikethrough, automatic links and task lists.
enum CMarkParser {
    /// The extensions.
    ///
    /// Sendable unchecked: they are registered once and never changed.
    private struct Extensions: @unchecked Sendable {
        /// The one that makes links of addresses is the last.
        let all: [OpaquePointer]
    }

    /// While it parses, cmark-gfm changes a table that all its parsers share: the bytes that extensions look at.
    private static let turn = Locked(())

    private static let extensions: Extensions = {
        cmark_gfm_core_extensions_ensure_registered()
        let names = ["table", "strikethrough", "tasklist", "autolink"]
        return Extensions(all: names.compactMap { cmark_find_syntax_extension($0) })
    }()

    private static let options = CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE

    /// The blocks of `source`, which is UTF-8, has no NUL and is small enough.
    static func blocks(of source: UnsafeBufferPointer<UInt8>, depth: Int) -> [Block] {
        let extensions = AddressHazard(in: source).exists ? extensions.all.dropLast() : extensions.all[...]
        let document = turn.withLock { _ -> UInt? in
            guard let parser = cmark_parser_new(options) else { return nil }
            defer { cmark_parser_free(parser) }
            for each in extensions { cmark_parser_attach_syntax_extension(parser, each) }
            source.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
            return cmark_parser_finish(parser).map { UInt(bitPattern: $0) }
        }
        guard let document, let root = Node(bitPattern: document) else { return [] }
        defer { cmark_node_free(root) }
        return TreeBuilder(depth: depth, paths: DunderNames(in: source)).blocks(in: root)
    }
}
