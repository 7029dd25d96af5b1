public import Conversation

/// An answer to a request of an agent, as a press of a button gives it.
///
/// Kept before it is given: whoever deals with the press again after a crash gives the same one, under the same name, and
/// is told what came of it, also when the request is nowhere to be seen any more.
public struct PressDeed: Hashable, Sendable, Codable {
    private let session: String
    private let approval: Int64
    /// `allow`, `session`, `deny` or `answer`.
    private let kind: String
    /// The answer to a question.
    private let words: String?

    /// An answer to `approval`, which is open in `session`.
    public init(_ approval: Approval.ID, _ decision: ApprovalDecision, in session: SessionID) {
        (self.session, self.approval) = (session.rawValue, approval.rawValue)
        switch decision {
        case .allow: (kind, words) = ("allow", nil)
        case .allowForSession: (kind, words) = ("session", nil)
        case .deny(let reason): (kind, words) = ("deny", reason)
        case .answer(let text): (kind, words) = ("answer", text)
        }
    }

    /// Whose request it is.
    var place: SessionID { SessionID(rawValue: session) }

    /// What is answered.
    var id: Approval.ID { Approval.ID(rawValue: approval) }

    /// The answer; nil for one that only newer versions know.
    var decision: ApprovalDecision? {
        switch kind {
        case "allow": .allow
        case "session": .allowForSession
        case "deny": .deny(reason: words)
        case "answer": .answer(words ?? "")
        default: nil
        }
    }
}
