import Conversation

/// What is answered to an agent's request, as JSON.
struct DecisionForm: Codable, Sendable {
    /// `allow`, `session`, `deny` or `answer`.
    var kind: String
    /// The reason of a denial, or the answer to a question.
    var words: String?

    init(_ decision: ApprovalDecision) { (kind, words) = (decision.kind, decision.words) }

    /// The decision; nil for one that only newer versions know.
    var decision: ApprovalDecision? { ApprovalDecision(kind: kind, words: words) }
}

/// An answer and what it rests on, as JSON.
struct AnswerForm: Codable, Sendable {
    var decision: DecisionForm
    var by: String
    /// `person`, `rule`, `session`, `grant` or `withdrawal`.
    var basis: String
    /// What was allowed before, for the basis `grant`.
    var grant: Int64?
    /// The message by which the agent learns of it.
    var note: Int64?
    /// Names the act of answering.
    var key: String?

    init(_ answer: Approval.Answer) {
        decision = DecisionForm(answer.decision)
        by = answer.by
        note = answer.note?.rawValue
        key = answer.key
        (basis, grant) = (answer.basis.kind, answer.basis.granted?.rawValue)
    }

    /// The answer; a decision of a newer version is taken for a denial.
    var answer: Approval.Answer {
        Approval.Answer(
            decision.decision ?? .deny(reason: decision.words), by: by,
            basis: Approval.Basis(kind: basis, granted: grant.map(Approval.ID.init(rawValue:))),
            note: note.map(Message.ID.init(rawValue:)), key: key)
    }
}

/// What became of an answer, as JSON.
struct AnsweredForm: Codable, Sendable {
    /// `done`, `unknown` or `unfit`.
    var kind: String
    var approval: ApprovalForm?
    /// Why it does not fit.
    var reason: String?

    init(_ answered: Answered) {
        switch answered {
        case .done(let approval): (kind, self.approval) = ("done", ApprovalForm(approval))
        case .unknown: kind = "unknown"
        case .unfit(let reason): (kind, self.reason) = ("unfit", reason)
        }
    }

    /// What became of it; a kind of a newer version is taken for an answer that does not fit.
    var answered: Answered {
        switch (kind, approval) {
        case ("done", let approval?): .done(approval.approval)
        case ("unknown", _): .unknown
        default: .unfit(reason ?? "the answer was not taken")
        }
    }
}
