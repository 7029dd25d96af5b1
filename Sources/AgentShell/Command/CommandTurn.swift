import Conversation
import Locking
import Processes

/// One run of a command.
///
/// A class with a lock: whoever waits for the turn, the task that runs it and an interrupt meet here.
final class CommandTurn: Sendable {
    typealias Events = AsyncThrowingStream<AgentEvent, any Error>

    private enum Phase {
        case new
        /// Its command runs.
        case running(Action)
        /// Nobody wants more of it; its command, if one was started, is being ended.
        case interrupted(Action?)
        case over
    }

    private struct State {
        var phase = Phase.new
        /// What the command has said; beside the phase, so that it grows in place.
        var said = ""
    }

    let text: String
    /// Where the command runs; nil for the shell's own place.
    let directory: String?
    private let state = Locked(State())
    private let events: Events.Continuation
    /// Ends when the command runs, or with why it does not.
    private let starting: AsyncThrowingStream<Never, any Error>
    private let started: AsyncThrowingStream<Never, any Error>.Continuation
    /// Ends when nobody wants more of the turn.
    private let stopping: AsyncStream<Never>
    private let stop: AsyncStream<Never>.Continuation

    /// A turn that answers `text`, and what comes of it.
    static func make(_ text: String, in directory: String? = nil) -> (CommandTurn, Events) {
        // Unbounded: the limit of the output bounds it.
        let (stream, events) = Events.makeStream(bufferingPolicy: .unbounded)
        let turn = CommandTurn(text, directory, events)
        events.onTermination = { [weak turn] reason in
            if case .cancelled = reason { turn?.interrupt() }
        }
        return (turn, stream)
    }

    private init(_ text: String, _ directory: String?, _ events: Events.Continuation) {
        self.text = text
        self.directory = directory
        self.events = events
        (starting, started) = AsyncThrowingStream.makeStream()
        (stopping, stop) = AsyncStream.makeStream()
    }

    // MARK: For who waits

    /// Waits until the command runs; throws why it does not.
    func waitForStart() async throws {
        for try await _ in starting {}
        if Task.isCancelled {
            interrupt()
            throw CancellationError()
        }
    }

    /// Has the command ended; the turn is over when nothing of it is left, and says nothing more until then.
    func interrupt() {
        state.withLock { state in
            switch state.phase {
            case .new: state.phase = .interrupted(nil)
            case .running(let action): state.phase = .interrupted(action)
            case .interrupted, .over: break
            }
        }
        stop.finish()
    }

    // MARK: For who runs it

    /// Whether the command may still be started.
    var isNew: Bool { state.withLock { if case .new = $0.phase { true } else { false } } }

    /// Returns when nobody wants more of the turn.
    func waitForStop() async {
        for await _ in stopping {}
    }

    /// The command, called `title`, runs.
    ///
    /// What it does cannot be seen, so it counts as having acted from the start.
    func start(_ title: String) {
        let action = Action(id: "command", kind: .command, title: title.headline(200), status: .started)
        let isNew = state.withLock { state in
            guard case .new = state.phase else { return false }
            state.phase = .running(action)
            return true
        }
        if isNew { events.yield(.action(action)) }
        started.finish()
    }

    /// Streams `output` until its end; returns false when it has more than `limit` bytes.
    func read(_ output: some AsyncSequence<[UInt8], any Error>, limit: Int) async throws -> Bool {
        var text = AnswerText(), left = limit
        for try await chunk in output {
            say(text.append(chunk.prefix(left)))
            guard chunk.count <= left else {
                say(text.finish())
                return false
            }
            left -= chunk.count
        }
        say(text.finish())
        return true
    }

    private func say(_ delta: String) {
        guard !delta.isEmpty else { return }
        let isFirst = state.withLock { state -> Bool? in
            guard case .running = state.phase else { return nil }
            defer { state.said += delta }
            return state.said.isEmpty
        }
        guard let isFirst else { return }
        if isFirst { events.yield(.began) }
        events.yield(.delta(delta))
    }

    /// Ends the turn with `result`, unless it was interrupted.
    ///
    /// Called when nothing of the command is left.
    func finish(_ result: AgentResult) {
        let (phase, said) = close()
        switch phase {
        case .new: finish(nil, result)
        case .running(let action):
            if result == .completed, !said.isEmpty { events.yield(.message(said)) }
            finish(action, result)
        case .interrupted(let action): finish(action, .interrupted)
        case .over: break
        }
    }

    /// Ends the turn because of the command itself, unless it was interrupted.
    ///
    /// Called when nothing of the command is left.
    func end(_ error: AgentError) {
        switch close().phase {
        case .new:
            started.finish(throwing: error)
            events.finish(throwing: error)
        case .running: events.finish(throwing: error)
        case .interrupted(let action): finish(action, .interrupted)
        case .over: break
        }
    }

    private func finish(_ action: Action?, _ result: AgentResult) {
        if var action {
            action.status = result == .completed ? .completed : .failed
            events.yield(.action(action))
        }
        events.yield(.finished(result))
        events.finish()
        started.finish()
    }

    /// Returns what the turn was before, and what its command has said.
    private func close() -> (phase: Phase, said: String) {
        state.withLock { state in
            defer { state = State(phase: .over) }
            return (state.phase, state.said)
        }
    }
}
