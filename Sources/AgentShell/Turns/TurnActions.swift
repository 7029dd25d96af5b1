import Conversation

/// The actions of a turn, each as it was told last.
struct TurnActions {
    private var actions: [Action] = []

    /// How many there are.
    var count: Int { actions.count }

    subscript(id: String) -> Action? { actions.first { $0.id == id } }

    /// Takes in how an action is now; returns nothing when that is no news.
    mutating func note(_ action: Action) -> [AgentEvent] {
        if let index = actions.firstIndex(where: { $0.id == action.id }) {
            guard actions[index] != action else { return [] }
            actions[index] = action
        } else {
            actions.append(action)
        }
        return [.action(action)]
    }

    /// What is to be told at the end of a turn of those that its agent did not close.
    ///
    /// A plan is not cut off: it stays as far as it got.
    var cut: [AgentEvent] {
        actions.filter { $0.status == .started && $0.kind != .plan }.map { action in
            var cut = action
            cut.status = .failed
            return .action(cut)
        }
    }
}
