/// What a role is told: its prompt, and after it what the stages before came to.
struct StageMessage {
    /// How much of a plan, of a review and of the developer's answer is handed over, in characters.
    static let longestPlan = 1500, longestFeedback = 1200, longestAnswer = 6000
    /// How much of the conversation selector and planner are told: items, and characters.
    static let historyItems = 20, historyCharacters = 6000

    private var parts: [String] = []

    /// What the role of `step` is told.
    ///
    /// - Parameters:
    ///   - step: What is due.
    ///   - prompt: The role's prompt; nil for none.
    ///   - request: What the user wants.
    ///   - additions: What the user added while the developer worked.
    ///   - history: What was said before, for roles that do not take part in the conversation.
    ///   - changes: What the developer changed, for the reviewer.
    init(
        _ step: PlanWorkflow.Step, prompt: String?, request: String, additions: [String] = [], history: Digest,
        changes: String
    ) {
        if let prompt { parts.append(prompt) }
        switch step {
        case .select, .plan:
            if !history.isEmpty { add("The conversation up to now", history.text(Self.historyCharacters)) }
            add("Request", request)
        case .develop(_, nil, _):
            // Without a plan the developer gets the user's words as they are.
            parts.append(request)
        case .develop(let round, let plan?, let feedback):
            add("Request", Self.request(request, additions))
            add("Plan", Self.clipped(plan, Self.longestPlan))
            if let feedback {
                add("Feedback of the reviewer, round \(round - 1)", Self.clipped(feedback, Self.longestFeedback))
            }
        case .review(let round, let plan, let answer):
            add("Request", Self.request(request, additions))
            add("Plan", Self.clipped(plan, Self.longestPlan))
            add("The developer's answer, round \(round)", Self.clipped(answer, Self.longestAnswer))
            add("The changes", changes)
        case .done:
            break
        }
    }

    private static func request(_ request: String, _ additions: [String]) -> String {
        ([request] + additions.map { "Added while it was worked on: \($0)" }).joined(separator: "\n\n")
    }

    /// The message.
    var text: String { parts.joined(separator: "\n\n") }

    private mutating func add(_ heading: String, _ text: String) { parts.append("# \(heading)\n\n\(text)") }

    /// The beginning of `text`, with a mark where it was cut.
    static func clipped(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}
