import CMarkdown

/// The nodes directly in a node, in order.
struct Children: Sequence, IteratorProtocol {
    private var following: Node?

    init(of parent: Node) { following = cmark_node_first_child(parent) }

    mutating func next() -> Node? {
        guard let node = following else { return nil }
        following = cmark_node_next(node)
        return node
    }
}
