import Locking

/// The rule of Ctrl-C, shared by the editor's thread, which must decide at once, and the tasks that act on it.
final class TerminalInterrupts: Sendable {
    private struct State {
        var rule = InterruptRule()
        var effects: [InterruptRule.Effect] = []
    }

    private let state = Locked(State())

    /// Ctrl-C was pressed; returns whether the typed line stays.
    ///
    /// Its effect waits for ``takeEffect()``.
    func press(isLineEmpty: Bool) -> Bool {
        state.withLock { state in
            let (keepsLine, effect) = state.rule.press(isLineEmpty: isLineEmpty, at: .now)
            state.effects.append(effect)
            return keepsLine
        }
    }

    /// The effect of the earliest press that was not acted on yet.
    func takeEffect() -> InterruptRule.Effect {
        state.withLock { $0.effects.isEmpty ? .nothing : $0.effects.removeFirst() }
    }

    func forgetHint() { state.withLock { $0.rule.forgetHint() } }
    func turnStarted() { state.withLock { $0.rule.turnStarted() } }
    func turnEnded() { state.withLock { $0.rule.turnEnded() } }
}
