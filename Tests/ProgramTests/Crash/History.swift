/// The turns that the command for the history tells of, of agents that repeat what they are told.
struct History {
    enum End {
        case answered
        /// A crash before it acted, so that the message ran again.
        case again
        /// A crash after it acted, or for the second time.
        case closed
    }

    private var turns: [(text: String, end: End)] = []

    init(_ text: String) {
        var asked = ""
        for line in text.split(separator: "\n") {
            if let question = line.firstRange(of: "ago): ") {
                asked = String(line[question.upperBound...])
            } else if line.contains("it had not acted and runs again]") {
                // Cut off in good order it was no crash, and may be as often as the program is told to end.
                if !line.contains("cm was told to end while this turn ran") { turns.append((asked, .again)) }
            } else if line.contains("[interrupted: ") || line.contains("[error: ") {
                turns.append((asked, .closed))
            } else if line.contains("You said: ") {
                turns.append((asked, .answered))
            }
        }
    }

    func ends(of text: String) -> [End] { turns.filter { $0.text == text }.map(\.end) }

    /// Where the turns of `texts` stand that were not tried again, in the order of `texts`.
    func order(of texts: [String]) -> [Int] {
        texts.compactMap { text in turns.firstIndex { $0.text == text && $0.end != .again } }
    }

    func count(_ end: End) -> Int { turns.filter { $0.end == end }.count }
}
