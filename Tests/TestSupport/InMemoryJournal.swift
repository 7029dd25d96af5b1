public import Conversation
import Synchronization

/// A journal that keeps its records in memory and can be slow or broken.
///
/// A new core on the same journal, or on a new one with its ``records``, finds what a crash would have left. A class
/// with a lock, because the core and the test look at it at the same time.
public final class InMemoryJournal: Journal {
    /// Why a commit failed.
    public struct Broken: Error, CustomStringConvertible {
        /// What a person would read.
        public let description = "the disk is full"

        /// Creates the error.
        public init() {}
    }

    private struct State {
        var records: [Record]
        /// The place that the last deletion has taken.
        var deletion = Cursor.start
        var deletions: [SessionID: Cursor] = [:]
        var breaks: (@Sendable ([Record]) -> Bool)?
        var gate: Gate?
        var isHeld: @Sendable ([Record]) -> Bool = { _ in true }
        var disk: Gate?
        var isDiskBroken = false

        /// The last place in use.
        var last: Cursor { max(records.last?.cursor ?? .start, deletion) }
    }

    private let state: Mutex<State>

    /// Creates a journal that holds `records`.
    public init(_ records: [Record] = []) { state = Mutex(State(records: records)) }

    /// All that is kept, in order.
    public var records: [Record] { state.withLock { $0.records } }

    /// The place that the last deletion has taken; 0 for none.
    public var deletionPlace: Int64 { state.withLock(\.deletion.rawValue) }

    /// The next commit for which `isBroken` is true fails with ``Broken``; one that fails keeps nothing.
    public func failNextCommit(where isBroken: @escaping @Sendable ([Record]) -> Bool = { _ in true }) {
        state.withLock { $0.breaks = isBroken }
    }

    /// Commits for which `isHeld` is true wait at `gate`; nil lets them through.
    public func hold(at gate: Gate?, where isHeld: @escaping @Sendable ([Record]) -> Bool = { _ in true }) {
        state.withLock { ($0.gate, $0.isHeld) = (gate, isHeld) }
    }

    /// What has to be on disk waits at `gate`; nil lets it through.
    public func holdDisk(at gate: Gate?) { state.withLock { $0.disk = gate } }

    /// The disk takes nothing more.
    public func breakDisk() { state.withLock { $0.isDiskBroken = true } }

    /// Returns when the disk has taken everything, unless it is broken.
    public func sync() async throws {
        try await state.withLock(\.disk)?.pass()
        if state.withLock(\.isDiskBroken) { throw Broken() }
    }

    /// Keeps `records`, unless it is to fail.
    public func commit(_ records: [Record]) async throws {
        try await state.withLock { $0.isHeld(records) ? $0.gate : nil }?.pass()
        try state.withLock { state in
            if let breaks = state.breaks, breaks(records) {
                state.breaks = nil
                throw Broken()
            }
            for record in records {
                precondition(record.event.isDurable, "a passing event was to be kept: \(record)")
                let last = state.last
                precondition(record.cursor > last, "\(record) does not come after \(last)")
                state.records.append(record.withoutProgress)
            }
        }
    }

    /// What a new core has to settle.
    public func unfinished() async throws -> (last: Cursor, sessions: [SessionID]) {
        let records = records
        let sessions = Set(records.map(\.session)).filter { session in
            let state = Self.fold(records, session)
            return state?.running != nil || state?.waiting.isEmpty == false || state?.approvals.isEmpty == false
        }
        return (state.withLock(\.last), sessions.sorted { $0.rawValue < $1.rawValue })
    }

    /// The fold of the session's records.
    public func state(of session: SessionID) async throws -> SessionState? { Self.fold(records, session) }

    /// The last record of the session.
    public func last(of session: SessionID) async throws -> Cursor {
        records.last { $0.session == session }?.cursor ?? .start
    }

    /// All sessions, the one with the latest activity first.
    public func sessions() async throws -> [SessionListing] {
        let records = records
        return Set(records.map(\.session)).compactMap { session -> SessionListing? in
            let own = records.filter { $0.session == session }
            guard let state = Self.fold(records, session), let first = own.first, let last = own.last else {
                return nil
            }
            return SessionListing(
                id: session, mode: state.mode, profile: state.profile, agent: state.agent,
                turns: own.count(where: \.isStarted), created: first.time, updated: last.time,
                isRunning: state.running != nil, waiting: state.waiting.count)
        }.sorted { ($1.updated, $0.id.rawValue) < ($0.updated, $1.id.rawValue) }
    }

    /// Forgets a session, which takes the next place.
    public func delete(_ session: SessionID) async throws {
        state.withLock { state in
            let last = state.last
            guard state.records.contains(where: { $0.session == session }) else { return }
            state.records.removeAll { $0.session == session }
            state.deletion = last.next
            state.deletions[session] = state.deletion
        }
    }

    /// The place of the last deletion of `session`.
    public func deletion(of session: SessionID) async throws -> Cursor? {
        state.withLock { $0.deletions[session] }
    }

    /// The records that `selection` asks for.
    public func records(of session: SessionID, _ selection: RecordSelection) async throws -> [Record] {
        let own = records.filter { $0.session == session }
        switch selection {
        case .between(let first, let last):
            return own.filter { $0.cursor > first && $0.cursor <= last }
        case .first(let count, let cursor):
            return Array(own.filter { $0.cursor > cursor }.prefix(count))
        case .lastTurns(let count):
            let current = own.suffix(from: own.lastIndex { $0.event == .changed(.renewed) } ?? own.startIndex)
            let starts = current.filter(\.isStarted).map(\.cursor).suffix(count)
            guard let first = starts.first else { return [] }
            return own.filter { record in
                let isSaid = record.isAccepted || record.isSteered || record.isUnsteered
                return record.cursor >= first && (isSaid || record.isStarted || record.isFinished)
            }
        }
    }

    /// The state that the records of `session` among `records` lead to; nil when there is none.
    public static func fold(_ records: [Record], _ session: SessionID) -> SessionState? {
        let own = records.filter { $0.session == session }
        guard !own.isEmpty else { return nil }
        return own.reduce(into: SessionState(id: session)) { $0.apply($1) }
    }
}

extension Record {
    /// The record as it is kept: what stages came to, and how turns ended, is in their own records.
    fileprivate var withoutProgress: Record {
        guard case .started(var turn) = event else { return self }
        (turn.progress, turn.spared) = ([], 0)
        var record = self
        record.event = .started(turn)
        return record
    }
}
