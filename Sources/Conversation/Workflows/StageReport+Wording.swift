extension StageReport {
    /// What the stage came to and who works next, one line for people.
    package var headline: String {
        let round = nextRound > 1 || next == .reviewer ? " · round \(nextRound)" : ""
        return "▸ \(result)" + (next.map { " → \($0.rawValue)\(round)" } ?? "")
    }

    /// By whom, and how long it took.
    package var work: String { "\(agent), \(Elapsed(durationMs))" }

    private var result: String {
        switch product {
        case .route(let route): "selector: \(route.mode.rawValue)"
        case .plan: "planner"
        case .answer: "developer"
        case .verdict(let verdict):
            verdict.isApproved
                ? "reviewer approves\(verdict.isReadable ? "" : " (unreadable)")" : "reviewer wants changes"
        }
    }

    /// What people should read of it; nil for what they read elsewhere.
    package var words: String? {
        let words: String
        switch product {
        case .route(let route): words = route.reason
        case .plan(let plan): words = plan
        case .answer: return nil
        case .verdict(let verdict):
            // The rest is told by a notice.
            guard verdict.isReadable, verdict.isApproved || next != nil else { return nil }
            words = verdict.feedback
        }
        return words.allSatisfy(\.isWhitespace) ? nil : words
    }
}
