import Conversation

/// Says in lines what a stage of plan mode came to, and who works next.
struct StageText {
    let style: TextStyle

    /// The lines for `report`, for a terminal of `columns`.
    func lines(_ report: StageReport, columns: Int) -> [String] {
        var lines = [heading(report)]
        if let words = words(report) {
            lines += TextFlow.lines(of: Printable(words).text, columns: columns - 2).map { style.dim("  " + $0) }
        }
        return lines
    }

    private func heading(_ report: StageReport) -> String {
        let work = "\(report.agent), \(Elapsed(report.durationMs))"
        let round = report.nextRound > 1 || report.next == .reviewer ? " · round \(report.nextRound)" : ""
        let next = report.next.map { " → \($0.rawValue)\(round)" } ?? ""
        return style.cyan("▸ \(result(report))\(next)") + style.dim(" (\(Printable(work).text))")
    }

    private func result(_ report: StageReport) -> String {
        switch report.product {
        case .route(let route): "selector: \(route.mode.rawValue)"
        case .plan: "planner"
        case .answer: "developer"
        case .verdict(let verdict):
            verdict.isApproved
                ? "reviewer approves\(verdict.isReadable ? "" : " (unreadable)")" : "reviewer wants changes"
        }
    }

    /// What people should read of it; nil for what they have read already.
    private func words(_ report: StageReport) -> String? {
        let words: String
        switch report.product {
        case .route(let route): words = route.reason
        case .plan(let plan): words = plan
        case .answer: return nil
        case .verdict(let verdict):
            // The rest is told by a notice.
            guard verdict.isReadable, verdict.isApproved || report.next != nil else { return nil }
            words = verdict.feedback
        }
        return words.allSatisfy(\.isWhitespace) ? nil : words
    }
}
