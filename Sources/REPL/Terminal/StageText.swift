import Conversation

/// Says in lines what a stage of plan mode came to, and who works next.
struct StageText {
    let style: TextStyle

    /// The lines for `report`, for a terminal of `columns`.
    func lines(_ report: StageReport, columns: Int) -> [String] {
        var lines = [heading(report)]
        if let words = report.words {
            lines += TextFlow.lines(of: Printable(words).text, columns: columns - 2).map { style.dim("  " + $0) }
        }
        return lines
    }

    private func heading(_ report: StageReport) -> String {
        style.cyan(report.headline) + style.dim(" (\(Printable(report.work).text))")
    }
}
