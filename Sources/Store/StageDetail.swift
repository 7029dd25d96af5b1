import Conversation

/// A report of a stage as JSON.
struct StageDetail: Codable {
    var role: String
    var round: Int
    var route: String?
    var plan: String?
    var answer: String?
    var isApproved: Bool?
    /// The reason of a route, or the feedback of a review.
    var words: String?
    var isReadable: Bool?
    var next: String?
    var agent: String
    var inputTokens: Int
    var outputTokens: Int
    var durationMs: Int64
    var additions: [String]?
    var baseline: String?

    init(_ report: StageReport) {
        role = report.role.rawValue
        round = report.round
        next = report.next?.rawValue
        agent = report.agent
        inputTokens = report.usage.inputTokens
        outputTokens = report.usage.outputTokens
        durationMs = report.durationMs
        additions = report.additions.isEmpty ? nil : report.additions
        baseline = report.baseline
        switch report.product {
        case .route(let route): (self.route, words, isReadable) = (route.mode.rawValue, route.reason, route.isReadable)
        case .plan(let plan): self.plan = plan
        case .answer(let answer): self.answer = answer
        case .verdict(let verdict):
            (isApproved, words, isReadable) = (verdict.isApproved, verdict.feedback, verdict.isReadable)
        }
    }

    /// The report; nil for one of a role that is gone.
    var report: StageReport? {
        guard let role = Role(rawValue: role) else { return nil }
        let product: StageReport.Product
        if let route {
            product = .route(
                Route(Mode(rawValue: route) ?? .single, reason: words ?? "", isReadable: isReadable ?? true))
        } else if let plan {
            product = .plan(plan)
        } else if let answer {
            product = .answer(answer)
        } else {
            product = .verdict(
                Verdict(isApproved: isApproved ?? true, feedback: words ?? "", isReadable: isReadable ?? true))
        }
        return StageReport(
            role: role, round: round, product: product, next: next.flatMap(Role.init(rawValue:)), agent: agent,
            usage: Usage(inputTokens: inputTokens, outputTokens: outputTokens), durationMs: durationMs,
            additions: additions ?? [], baseline: baseline)
    }
}
