public import Conversation
import Foundation
import Synchronization

/// A core that does what the test says, for fronts.
///
/// A class with a lock, because the front and the test use it at the same time.
public final class ScriptedCore: Core {
    /// What a front asked of the core.
    public enum Call: Hashable, Sendable {
        case handle(String, SessionID)
        case submit(String, SessionID)
        case revise(String, String, SessionID)
        case interrupt(SessionID, turn: Turn.ID? = nil)
        case answer(Approval.ID, ApprovalDecision, SessionID)
        case drain
    }

    /// What becomes of what was typed; may wait, and may throw what a core throws.
    public typealias Handler = @Sendable (Message, SessionID) async throws -> Handled
    /// Where a session stands; may wait.
    public typealias Greeter = @Sendable (SessionID) async throws -> Greeting

    private struct State {
        var cursor = Cursor.start
        var calls: [Call] = []
        var readers: [SessionID: [Int: AsyncStream<Record>.Continuation]] = [:]
        var lastReader = 0
        var beginnings: [SessionID: [Event]] = [:]
        var open: [SessionID: [Approval]] = [:]
        /// What was answered first, by the name of that act.
        var given: [String: Approval] = [:]
        var answers: Gate?
        var interrupts: Gate?
        var looks: Gate?
        var isUnreadable = false
        var load = CoreLoad()
        var isStopping = true
        var asked: Set<SessionID> = []
        var revised = Revised.unknown
        var running: Turn.ID?
    }

    private let state = Mutex(State())
    private let handler: Handler
    private let greeter: Greeter
    private let naming: @Sendable () async throws -> CoreNames
    private let teller: @Sendable (SessionID) async throws -> String

    /// Creates a core that has `handle` take what is typed.
    public init(
        greeting: @escaping Greeter = {
            Greeting(session: $0, mode: .single, profile: "default", agent: "scripted", version: "1.2.3")
        },
        names: @escaping @Sendable () async throws -> CoreNames = { CoreNames() },
        history: @escaping @Sendable (SessionID) async throws -> String = { _ in "" }, handle: @escaping Handler
    ) {
        greeter = greeting
        naming = names
        teller = history
        handler = handle
    }

    // MARK: The test's side

    /// All that was asked so far, in order.
    public var calls: [Call] { state.withLock { $0.calls } }

    /// How many read the events of `session` now.
    public func readers(of session: SessionID) -> Int { state.withLock { $0.readers[session]?.count ?? 0 } }

    /// Whether anybody who read the events of `session` could have been asked for approvals.
    public func hasAnswerers(in session: SessionID) -> Bool { state.withLock { $0.asked.contains(session) } }

    /// Has this happen in `session`; the deletion ends its readers.
    public func tell(_ events: Event..., in session: SessionID = .test) {
        let ended = state.withLock { state -> [AsyncStream<Record>.Continuation] in
            for event in events {
                if event.isDurable { state.cursor = state.cursor.next }
                if case .approval(_, let approval) = event {
                    state.open[session, default: []].removeAll { $0.id == approval.id }
                    if approval.answer == nil { state.open[session, default: []].append(approval) }
                }
                let record = Self.record(event, state.cursor, session)
                for reader in (state.readers[session] ?? [:]).values { reader.yield(record) }
            }
            return events.contains(.deleted) ? Array((state.readers[session] ?? [:]).values) : []
        }
        // Each takes itself out.
        for reader in ended { reader.finish() }
    }

    /// Whoever begins to read `session` finds these first.
    public func begin(_ session: SessionID, with events: Event...) {
        state.withLock { $0.beginnings[session] = events }
    }

    /// What this process has to do from now on.
    public func setLoad(_ load: CoreLoad) { state.withLock { $0.load = load } }

    /// Whether an interrupt finds a turn from now on.
    public func setStopping(_ isStopping: Bool) { state.withLock { $0.isStopping = isStopping } }

    /// An interrupt is not done before `gate` lets it; nil lets it at once.
    public func holdInterrupts(at gate: Gate?) { state.withLock { $0.interrupts = gate } }

    /// What came of an answer is not told before `gate` lets it; nil tells it at once.
    public func holdAnswers(at gate: Gate?) { state.withLock { $0.answers = gate } }

    /// Where the events are is not told before `gate` lets it; nil tells it at once.
    public func holdBeginnings(at gate: Gate?) { state.withLock { $0.looks = gate } }

    /// Whether events and approvals cannot be read from now on, as when the disk fails.
    public func setUnreadable(_ isUnreadable: Bool) { state.withLock { $0.isUnreadable = isUnreadable } }

    private func read() throws { if state.withLock(\.isUnreadable) { throw InMemoryJournal.Broken() } }

    /// The turn that runs in every session from now on; nil for none.
    public func setRunning(_ turn: Turn.ID?) { state.withLock { $0.running = turn } }

    /// What becomes of a message that is to have another text from now on.
    public func setRevised(_ revised: Revised) { state.withLock { $0.revised = revised } }

    private static func record(_ event: Event, _ cursor: Cursor, _ session: SessionID) -> Record {
        let now = Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
        return Record(cursor: cursor, session: session, time: now, event: event)
    }

    private func note(_ call: Call) { state.withLock { $0.calls.append(call) } }

    // MARK: The front's side

    /// Does what the test said.
    public func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        note(.handle(message.text, session))
        return try await handler(message, session)
    }

    /// Does what the test said; throws `closed` when that is no receipt.
    public func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        note(.submit(message.text, session))
        guard case .accepted(let receipt) = try await handler(message, session) else { throw HubError.closed }
        return receipt
    }

    /// Does what the test said; knows no message by default.
    public func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        note(.revise(key, text, session))
        return state.withLock(\.revised)
    }

    /// Finds a turn, unless the test says otherwise.
    public func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        note(.interrupt(session, turn: turn))
        try await state.withLock(\.interrupts)?.pass()
        return state.withLock { $0.isStopping }
    }

    /// Finds what is open, or was when the same act was told before, and leaves the news of the answer to the test.
    public func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        note(.answer(id, decision, session))
        let found = state.withLock { state in
            let open = state.open[session]?.first { $0.id == id }
            if let key = person.key, let open, state.given[key] == nil { state.given[key] = open }
            return open ?? person.key.flatMap { state.given[$0] }
        }
        try await state.withLock(\.answers)?.pass()
        return found.map(Answered.done) ?? .unknown
    }

    /// What the test tells from now on, behind the beginning.
    public func events(
        of session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        try read()
        let (stream, records) = AsyncStream.makeStream(of: Record.self, bufferingPolicy: .unbounded)
        let id = state.withLock { state in
            for event in state.beginnings[session] ?? [] { records.yield(Self.record(event, state.cursor, session)) }
            if answers { state.asked.insert(session) }
            state.lastReader += 1
            state.readers[session, default: [:]][state.lastReader] = records
            return state.lastReader
        }
        records.onTermination = { [weak self] _ in
            self?.state.withLock { $0.readers[session]?[id] = nil }
        }
        return stream
    }

    /// Where the events are, behind what the test said to run.
    public func beginning(of session: SessionID) async throws -> Beginning {
        try await state.withLock(\.looks)?.pass()
        return state.withLock { state in
            let open = state.running.map { Cursor(rawValue: $0.rawValue - 1) }
            return Beginning(at: state.cursor, open: open, running: state.running)
        }
    }

    /// Where the events are.
    public func position(of session: SessionID) async throws -> Cursor { state.withLock(\.cursor) }

    /// What the test said.
    public func greeting(of session: SessionID) async throws -> Greeting { try await greeter(session) }

    /// What was told to be asked and not to be answered.
    public func openApprovals(of session: SessionID) async throws -> [Approval] {
        try read()
        return state.withLock { $0.open[session] ?? [] }
    }

    /// What the test said.
    public func history(of session: SessionID, turns: Int) async throws -> String { try await teller(session) }

    /// What the test said.
    public func names() async throws -> CoreNames { try await naming() }

    /// What the test said.
    public func load() async -> CoreLoad { state.withLock { $0.load } }

    /// Returns at once.
    public func drain() async { note(.drain) }
}
