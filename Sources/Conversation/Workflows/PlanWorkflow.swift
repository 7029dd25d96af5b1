/// Who works when in plan mode: a state machine of selector, planner, developer and reviewer.
///
/// A value: it is moved by reports, live ones or those read back after a crash, and says what is due.
struct PlanWorkflow {
    /// What is due.
    enum Step: Hashable {
        case select
        case plan
        /// `plan` is nil when the selector found that none is needed, `feedback` in the first round.
        case develop(round: Int, plan: String?, feedback: String?)
        case review(round: Int, plan: String, answer: String)
        case done

        /// Who works; nil when nobody does any more.
        var role: Role? {
            switch self {
            case .select: .selector
            case .plan: .planner
            case .develop: .developer
            case .review: .reviewer
            case .done: nil
            }
        }

        /// The round of developer and reviewer, counted from 1; 1 before.
        var round: Int {
            switch self {
            case .select, .plan, .done: 1
            case .develop(let round, _, _), .review(let round, _, _): round
            }
        }
    }

    /// How many reviews there may be; 0 for none.
    private let maxRounds: Int
    private(set) var step = Step.select
    private(set) var route: Route?
    /// How the reviews stand; nil before the first.
    private(set) var review: Review?
    /// What the reviewer said last; empty before the first review.
    private(set) var feedback = ""
    /// What people added while the developer worked, in order.
    private(set) var additions: [String] = []
    /// The state of the files before the first round.
    private(set) var baseline: String?

    /// Creates a workflow that has got as far as `reports` tell.
    init(maxRounds: Int, after reports: [StageReport] = []) {
        self.maxRounds = maxRounds
        for report in reports { take(report) }
    }

    /// How messages are put to the developer: with a plan or without.
    var mode: Mode { route?.mode ?? .plan }

    /// Whether somebody will look at what the developer changes.
    var isReviewed: Bool { maxRounds > 0 }

    private mutating func take(_ report: StageReport) {
        take(report.product, baseline: report.baseline)
        add(report.additions)
    }

    /// People added this while the developer worked.
    mutating func add(_ additions: [String]) { self.additions += additions }

    /// The stage that was due came to `product`; `baseline` is the state of the files, when it is known.
    ///
    /// What does not belong to the stage that is due changes nothing.
    mutating func take(_ product: StageReport.Product, baseline: String? = nil) {
        self.baseline = self.baseline ?? baseline
        switch (step, product) {
        case (.select, .route(let route)):
            self.route = route
            switch route.mode {
            case .single: step = .develop(round: 1, plan: nil, feedback: nil)
            case .plan: step = .plan
            }
        case (.plan, .plan(let plan)):
            step = .develop(round: 1, plan: plan, feedback: nil)
        case (.develop(_, nil, _), .answer):
            step = .done
        case (.develop(let round, let plan?, _), .answer(let answer)):
            step = isReviewed ? .review(round: round, plan: plan, answer: answer) : .done
        case (.review(let round, let plan, _), .verdict(let verdict)):
            take(verdict, round, plan)
        case (.select, _), (.plan, _), (.develop, _), (.review, _), (.done, _):
            break
        }
    }

    private mutating func take(_ verdict: Verdict, _ round: Int, _ plan: String) {
        feedback = verdict.feedback
        if verdict.isApproved {
            review = Review(rounds: round, result: .approved)
            step = .done
        } else if round >= maxRounds {
            review = Review(rounds: round, result: .maxRoundsReached)
            step = .done
        } else {
            review = Review(rounds: round, result: .needsChanges)
            step = .develop(round: round + 1, plan: plan, feedback: verdict.feedback)
        }
    }
}
