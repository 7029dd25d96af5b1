import CMarkdown

/// A node of the parser's own tree.
typealias Node = OpaquePointer

/// Makes the parser's tree into ours.
///
/// What lies deeper than `depth` becomes text, so that neither this nor what reads the tree can run out of stack.
struct TreeBuilder {
    /// How deep blocks may lie in blocks, or inlines in inlines.
    let depth: Int
    /// Puts names back that are no emphasis.
    let paths: DunderNames

    /// The blocks directly in `parent`.
    func blocks(in parent: Node) -> [Block] { blocks(in: parent, depth: depth) }

    private func blocks(in parent: Node, depth: Int) -> [Block] {
        guard depth > 0 else { return FlatText(of: parent).block }
        return Children(of: parent).compactMap { block($0, depth: depth) }
    }

    private func block(_ node: Node, depth: Int) -> Block? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH: return .paragraph(inlines(in: node))
        case CMARK_NODE_HEADING: return .heading(level: Int(cmark_node_get_heading_level(node)), inlines(in: node))
        case CMARK_NODE_LIST: return .list(list(node, depth: depth - 1))
        case CMARK_NODE_BLOCK_QUOTE: return .quote(blocks(in: node, depth: depth - 1))
        case CMARK_NODE_CODE_BLOCK:
            let code = literal(node)
            return .code(
                info: String(cString: cmark_node_get_fence_info(node)),
                code.utf8.last == .lineFeed ? String(code.utf8.dropLast()) ?? code : code)
        case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
        case CMARK_NODE_HTML_BLOCK:
            let html = literal(node)
            return .html(html.utf8.last == .lineFeed ? String(html.utf8.dropLast()) ?? html : html)
        case _ where cmarkdown_is_table(node) != 0: return .table(table(node))
        default: return FlatText(of: node).block.first
        }
    }

    private func list(_ node: Node, depth: Int) -> MarkdownList {
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        return MarkdownList(
            start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
            isTight: cmark_node_get_list_tight(node) != 0,
            items: Children(of: node).map { item in
                let isTask = cmarkdown_is_task(item) != 0
                return MarkdownList.Item(
                    isChecked: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(item) : nil,
                    blocks: blocks(in: item, depth: depth))
            })
    }

    private func table(_ node: Node) -> MarkdownTable {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node))
        let marks = UnsafeBufferPointer(start: cmark_gfm_extensions_get_table_alignments(node), count: columns)
        let alignments = marks.map { mark -> MarkdownTable.Alignment in
            switch mark {
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .left
            }
        }
        let rows = Children(of: node).map { row in Children(of: row).prefix(columns).map { inlines(in: $0) } }
        return MarkdownTable(alignments: alignments, rows: rows)
    }

    private func inlines(in parent: Node) -> [Inline] { inlines(in: parent, depth: depth) }

    private func inlines(in parent: Node, depth: Int) -> [Inline] {
        guard depth > 0 else { return [.text(FlatText(of: parent).text)] }
        var inlines: [Inline] = []
        for child in Children(of: parent) {
            let inline = inline(child, depth: depth - 1)
            if case .text(let text) = inline, text.isEmpty { continue }
            inlines.append(inline)
        }
        return inlines.count > 1 ? paths.restored(inlines) : inlines
    }

    private func inline(_ node: Node, depth: Int) -> Inline {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: .text(literal(node))
        case CMARK_NODE_CODE: .code(literal(node))
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_LINEBREAK: .hardBreak
        case CMARK_NODE_HTML_INLINE: .html(literal(node))
        case CMARK_NODE_EMPH: .emphasis(inlines(in: node, depth: depth))
        case CMARK_NODE_STRONG: .strong(inlines(in: node, depth: depth))
        case CMARK_NODE_LINK: link(String(cString: cmark_node_get_url(node)), inlines(in: node, depth: depth))
        case CMARK_NODE_IMAGE:
            .image(source: String(cString: cmark_node_get_url(node)), inlines(in: node, depth: depth))
        case _ where cmarkdown_is_strikethrough(node) != 0: .strikethrough(inlines(in: node, depth: depth))
        default: .text(FlatText(of: node).text)
        }
    }

    /// `<word:word>`, which is a link to whoever takes it literally, is a placeholder as people write them.
    private func link(_ destination: String, _ shown: [Inline]) -> Inline {
        let words = destination.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard shown == [.text(destination)], !LinkTarget.isAutomatic(destination, destination), words.count == 2,
            words[0].allSatisfy({ $0.isASCII && $0.isLetter }), words[1].first?.isLetter == true
        else { return .link(destination: destination, shown) }
        return .text("<\(destination)>")
    }

    private func literal(_ node: Node) -> String { cmark_node_get_literal(node).map { String(cString: $0) } ?? "" }
}
