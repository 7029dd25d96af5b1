import Conversation

/// The report of a stage as JSON.
struct StageForm: Codable, Sendable {
    /// What a role hands over.
    struct Product: Codable, Sendable {
        /// `route`, `plan`, `answer` or `verdict`.
        var kind: String
        /// The mode of a route.
        var mode: String?
        var isApproved: Bool?
        /// The plan, the answer, the reason of a route, or the feedback of a review.
        var text: String
        /// Missing when it could be read.
        var isReadable: Bool?
    }

    var role: String
    var round: Int
    var product: Product
    var next: String?
    var agent: String
    var usage: UsageForm
    var durationMs: Int64
    /// Missing when there were none.
    var additions: [String]?
    var baseline: String?

    init(_ report: StageReport) {
        role = report.role.rawValue
        round = report.round
        product = Product(report.product)
        next = report.next?.rawValue
        agent = report.agent
        usage = UsageForm(report.usage)
        durationMs = report.durationMs
        additions = report.additions.isEmpty ? nil : report.additions
        baseline = report.baseline
    }

    /// The report; nil for one of a role or with a product that only newer versions know.
    var report: StageReport? {
        guard let role = Role(rawValue: role), let product = product.product else { return nil }
        return StageReport(
            role: role, round: round, product: product, next: next.flatMap(Role.init(rawValue:)), agent: agent,
            usage: usage.usage, durationMs: durationMs, additions: additions ?? [], baseline: baseline)
    }
}

extension StageForm.Product {
    init(_ product: StageReport.Product) {
        switch product {
        case .route(let route):
            self.init(
                kind: "route", mode: route.mode.rawValue, text: route.reason,
                isReadable: route.isReadable ? nil : false)
        case .plan(let plan):
            self.init(kind: "plan", text: plan)
        case .answer(let answer):
            self.init(kind: "answer", text: answer)
        case .verdict(let verdict):
            self.init(
                kind: "verdict", isApproved: verdict.isApproved, text: verdict.feedback,
                isReadable: verdict.isReadable ? nil : false)
        }
    }

    var product: StageReport.Product? {
        switch kind {
        case "route":
            .route(
                Route(
                    mode.flatMap(Mode.init(rawValue:)) ?? .single, reason: text, isReadable: isReadable ?? true))
        case "plan": .plan(text)
        case "answer": .answer(text)
        case "verdict":
            .verdict(Verdict(isApproved: isApproved ?? true, feedback: text, isReadable: isReadable ?? true))
        default: nil
        }
    }
}
