import Conversation

/// Says what a stage of plan mode came to, and who works next.
enum StageText {
    /// One line.
    static func heading(_ report: StageReport) -> String {
        let round = report.nextRound > 1 || report.next == .reviewer ? " · round \(report.nextRound)" : ""
        let next = report.next.map { " → \($0.rawValue)\(round)" } ?? ""
        return "▸ \(result(report))\(next) (\(report.agent), \(Elapsed(report.durationMs)))"
    }

    private static func result(_ report: StageReport) -> String {
        switch report.product {
        case .route(let route): "selector: \(route.mode.rawValue)"
        case .plan: "planner"
        case .answer: "developer"
        case .verdict(let verdict):
            verdict.isApproved
                ? "reviewer approves\(verdict.isReadable ? "" : " (unreadable)")" : "reviewer wants changes"
        }
    }

    /// What people should read of it; nil for what they read elsewhere.
    static func words(_ report: StageReport) -> String? {
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
