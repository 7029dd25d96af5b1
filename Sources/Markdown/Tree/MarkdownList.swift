/// A list of Markdown.
public struct MarkdownList: Sendable, Equatable {
    /// The number of the first item; nil when the items have no numbers.
    public let start: Int?
    /// Whether its items stand on lines one after the other, without blank lines between.
    public let isTight: Bool
    /// Its items.
    public let items: [Item]

    /// Creates a list.
    public init(start: Int?, isTight: Bool, items: [Item]) {
        self.start = start
        self.isTight = isTight
        self.items = items
    }

    /// What stands before item `index`: `•`, `3.`.
    func marker(_ index: Int) -> String { start.map { "\($0 + index)." } ?? "•" }

    /// An item of a list.
    public struct Item: Sendable, Equatable {
        /// Whether its box is checked; nil when it has none.
        public let isChecked: Bool?
        /// What it holds.
        public let blocks: [Block]

        /// Creates an item.
        public init(isChecked: Bool? = nil, blocks: [Block]) {
            self.isChecked = isChecked
            self.blocks = blocks
        }

        /// Its box, with a blank behind it, or nothing.
        var box: String { isChecked.map { $0 ? "☑ " : "☐ " } ?? "" }
    }
}
