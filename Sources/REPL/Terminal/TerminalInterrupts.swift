import Conversation
import Locking

/// The rule of Ctrl-C, shared by the editor's thread, which must decide at once, and the tasks that act on it.
final class TerminalInterrupts: Sendable {
    private struct State {
        var rule = InterruptRule()
        var session: SessionID
        var effects: [(effect: InterruptRule.Effect, session: SessionID)] = []
    }

    private let state: Locked<State>

    /// Begins in `session`, in which no turn is known to run.
    init(session: SessionID) { state = Locked(State(session: session)) }

    /// The terminal goes to `session`, in which no turn is known to run.
    func move(to session: SessionID) {
        state.withLock { state in
            state.session = session
            state.rule.turnEnded()
        }
    }

    /// Ctrl-C was pressed; returns whether the typed line stays.
    ///
    /// Its effect waits for ``takeEffect()``.
    func press(isLineEmpty: Bool) -> Bool {
        state.withLock { state in
            let (keepsLine, effect) = state.rule.press(isLineEmpty: isLineEmpty, at: .now)
            state.effects.append((effect, state.session))
            return keepsLine
        }
    }

    /// The effect of the earliest press that was not acted on yet, and the session that it is about; nil for none.
    func takeEffect() -> (effect: InterruptRule.Effect, session: SessionID)? {
        state.withLock { $0.effects.isEmpty ? nil : $0.effects.removeFirst() }
    }

    /// `turn` of `session` could not be told to stop: the next press tries again.
    func noteFailure(of turn: Turn.ID, in session: SessionID) {
        state.withLock { if $0.session == session { $0.rule.interruptFailed(turn) } }
    }

    func forgetHint() { state.withLock { $0.rule.forgetHint() } }
    func turnStarted(_ turn: Turn.ID) { state.withLock { $0.rule.turnStarted(turn) } }
    func turnEnded() { state.withLock { $0.rule.turnEnded() } }
}
