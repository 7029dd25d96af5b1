import Conversation

/// What a message was found to answer: kept with its update before the answer counts, so that after a crash it is the same
/// answer to the same request, and never a message to the agent.
public struct MeantAnswer: Hashable, Sendable, Codable {
    private let inSession: String
    /// The command that says the same and names the request.
    let command: String

    /// The answer that `command` gives in `session`.
    init(_ command: String, in session: SessionID) {
        (self.command, inSession) = (command, session.rawValue)
    }

    /// What `words` say to `approval`; nil where they say neither yes nor no, and it wants that.
    ///
    /// A question that offers answers takes others only where it `isNamed`, by a reply to its message.
    init?(_ words: String, _ bare: BareAnswer?, to approval: Approval, isNamed: Bool, in session: SessionID) {
        let id = approval.id
        switch (approval.request.kind, bare) {
        case (.question, _):
            let choices = approval.request.choices, said = words.lowercased()
            let alike = bare == nil ? [] : choices.filter { BareAnswer($0) == bare }
            let choice = choices.first { $0.lowercased() == said } ?? (alike.count == 1 ? alike.first : nil)
            if choice == nil, said.hasPrefix("deny"), bare == .no {
                self.init("/deny \(id)", in: session)
            } else {
                guard choice != nil || choices.isEmpty || isNamed else { return nil }
                self.init("/answer \(id) \(choice ?? words)", in: session)
            }
        case (_, .yes?): self.init("/approve \(id)", in: session)
        case (_, .no?): self.init("/deny \(id)", in: session)
        case (_, nil): return nil
        }
    }

    /// Where it counts.
    var session: SessionID { SessionID(rawValue: inSession) }
}
