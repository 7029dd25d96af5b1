import CMarkdown

/// All text within a node, without its structure; however deep the node, the stack is not.
struct FlatText {
    /// The text, with a line feed behind each block.
    private(set) var text = ""

    init(of root: Node) {
        let walk = cmark_iter_new(root)
        defer { cmark_iter_free(walk) }
        while true {
            let event = cmark_iter_next(walk)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(walk) else { break }
            let type = cmark_node_get_type(node)
            if event == CMARK_EVENT_ENTER {
                if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK { text += "\n" }
                if let literal = cmark_node_get_literal(node) { text += String(cString: literal) }
            } else if type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING {
                text += "\n"
            }
        }
        if text.utf8.last == .lineFeed { text.removeLast() }
    }

    /// A paragraph of it; none when it is empty.
    var block: [Block] { text.isEmpty ? [] : [.paragraph([.text(text)])] }
}
