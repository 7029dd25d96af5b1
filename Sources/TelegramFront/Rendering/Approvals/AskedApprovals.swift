import Conversation

/// What was asked and shown, and what was asked a moment ago.
///
/// Many a question is answered by a rule at once: its answer is the next record, and nobody needs to see either.
struct AskedApprovals {
    /// Asked just now, and not shown; with the last record before it.
    private(set) var held: (approval: Approval, before: Cursor)?
    private var shown: Set<Approval.ID> = []

    /// Takes in that something is asked.
    ///
    /// What is no news was shown before. `before` is the last record that was told.
    mutating func ask(_ approval: Approval, isNews: Bool, before: Cursor) {
        guard !shown.contains(approval.id) else { return }
        if isNews { held = (approval, before) } else { note(approval.id) }
    }

    /// Gives what is to be shown now, if anything.
    mutating func release(isShown: Bool = true) -> Approval? {
        guard let approval = held?.approval else { return nil }
        held = nil
        if isShown { note(approval.id) }
        return approval
    }

    /// It is shown.
    mutating func note(_ id: Approval.ID) { shown.insert(id) }

    /// It is answered; returns whether it was shown.
    mutating func forget(_ id: Approval.ID) -> Bool { shown.remove(id) != nil }
}

extension Approval {
    /// Whether it was answered, and by nobody.
    var isAutomatic: Bool {
        switch answer?.basis {
        case .rule, .session, .grant: true
        case .person, .withdrawal, nil: false
        }
    }
}
