public import Conversation

/// An answer to a request of an agent, as a message was found to give it, or a press of a button.
///
/// Kept with its update before it is given: whoever deals with that again after a crash gives the same one, under the same
/// name, and is told what came of it, also when the request is nowhere to be seen any more.
public struct KeptAnswer: Hashable, Sendable, Codable {
    private let session: String
    private let approval: Int64
    /// `allow`, `session`, `deny` or `answer`.
    private let kind: String
    /// The answer to a question, or why it is denied.
    private let words: String?

    /// An answer to `approval`, which was asked in `session`.
    public init(_ approval: Approval.ID, _ decision: ApprovalDecision, in session: SessionID) {
        (self.session, self.approval) = (session.rawValue, approval.rawValue)
        (kind, words) = (decision.kind, decision.words)
    }

    /// Whose request it is.
    var place: SessionID { SessionID(rawValue: session) }

    /// What is answered.
    var id: Approval.ID { Approval.ID(rawValue: approval) }

    /// The answer; nil for one that only newer versions know.
    var decision: ApprovalDecision? { ApprovalDecision(kind: kind, words: words) }

    /// The command that says the same in its session; nil for an answer that only newer versions know.
    var command: String? {
        switch decision {
        case .allow: "/approve \(id)"
        case .allowForSession: "/approve \(id) session"
        case .deny(nil): "/deny \(id)"
        case .deny(let reason?): "/deny \(id) \(reason)"
        case .answer(let text): "/answer \(id) \(text)"
        case nil: nil
        }
    }
}

extension KeptAnswer {
    /// What `words` say to `approval`; nil where they say neither yes nor no, and it wants that.
    ///
    /// A question that offers answers takes others only where it `isNamed`, by a reply to its message.
    init?(_ words: String, _ bare: BareAnswer?, to approval: Approval, isNamed: Bool, in session: SessionID) {
        switch (approval.request.kind, bare) {
        case (.question, _):
            let choices = approval.request.choices, said = words.lowercased()
            let alike = bare == nil ? [] : choices.filter { BareAnswer($0) == bare }
            let choice = choices.first { $0.lowercased() == said } ?? (alike.count == 1 ? alike.first : nil)
            if choice == nil, said.hasPrefix("deny"), bare == .no {
                self.init(approval.id, .deny(reason: nil), in: session)
            } else {
                guard choice != nil || choices.isEmpty || isNamed else { return nil }
                self.init(approval.id, .answer(choice ?? words), in: session)
            }
        case (_, let bare?): self.init(approval.id, bare.decision, in: session)
        case (_, nil): return nil
        }
    }
}

extension BareAnswer {
    /// What it says to a request that wants yes or no.
    var decision: ApprovalDecision {
        switch self {
        case .yes: .allow
        case .no: .deny(reason: nil)
        }
    }
}
