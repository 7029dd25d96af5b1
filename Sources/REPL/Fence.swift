/// What a line has to do with a fenced block of Markdown.
enum Fence {
    case none
    /// Begins with three backticks and has none after them: can begin a block, or end one.
    case opening
    /// Begins with three backticks and has more later, as code between backticks does: can only end a block.
    case closing

    init(_ line: some StringProtocol) {
        let text = line.drop(while: \.isWhitespace)
        guard text.hasPrefix("```") else {
            self = .none
            return
        }
        self = text.drop { $0 == "`" }.contains("`") ? .closing : .opening
    }
}
