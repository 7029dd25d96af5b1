import Control
import Conversation
import Foundation
import REPL
import Settings
import Store

/// What the commands about sessions have in common: the database of the workspace, and names for people.
struct SessionDesk {
    let place: Place
    private let now = Timestamp.now

    /// Finds the workspace; throws ``Failure``.
    init(_ common: CommonOptions) throws { place = try Place(common) }

    // MARK: The database

    /// Hands the database to `body`, to be read; returns nil when there is none.
    ///
    /// Goes on beside a process that has the workspace. Throws ``Failure`` besides what `body` throws.
    func reading<Value>(_ body: (Database) async throws -> Value) async throws -> Value? {
        do {
            guard let database = try Database.reading(in: place.state) else { return nil }
            return try await body(database)
        } catch let error as StoreError where error.code == .older {
            // Whoever may write migrates it.
            return try await writing(body)
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        } catch {
            throw Self.failure(error)
        }
    }

    /// Has the core that runs do something, or `body` with the database when none does; waits up to 5 s for a process
    /// that has the workspace and cannot be reached.
    ///
    /// Throws ``Failure`` besides what they throw.
    func changing<Value: Sendable>(
        _ core: @Sendable (ControlClient) async throws -> Value, else body: (Database) async throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(5)
        while true {
            if let value = try await Door.enter(place.state, as: "cm session", core) { return value }
            do {
                return try await writing(body)
            } catch let failure as Failure where failure.code == Failure.held && ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Hands the database to `body`, to be written; it is there afterwards.
    ///
    /// Throws ``Failure`` besides what `body` throws, also while another process has the workspace.
    private func writing<Value>(_ body: (Database) async throws -> Value) async throws -> Value {
        do {
            try place.state.prepare()
            let lock = try WorkspaceLock(in: place.state, holder: "cm session")
            let database = try Database(in: place.state)
            for remark in database.remarks { Self.tell(remark) }
            let value = try await body(database)
            withExtendedLifetime(lock) {}
            return value
        } catch let error as StoreError where error.code == .held {
            throw Failure(
                code: Failure.held,
                message: """
                    the workspace \(place.workspace.path) is in use by \(error.description), which does not answer; \
                    leave it first
                    """)
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        } catch {
            throw Self.failure(error)
        }
    }

    /// What the database says of itself is no message for people alone.
    private static func failure(_ error: any Error) -> any Error {
        error is Failure || error is CancellationError
            ? error : Failure(code: Failure.unavailable, message: "the database cannot be used: \(error)")
    }

    // MARK: Sessions

    func sessions(in database: Database) async throws -> [SessionListing] {
        try await SessionCatalog(database).sessions()
    }

    /// The session that is called `name`; throws ``Failure`` with the nearest one when there is none.
    func session(called name: String, in database: Database) async throws -> SessionListing {
        let all = try await sessions(in: database)
        if let session = all.first(where: { $0.id.rawValue == name }) ?? all.first(where: { $0.shortName == name }) {
            return session
        }
        throw absence(of: name, among: all)
    }

    /// That no session is called `name`.
    func absence(of name: String, among all: [SessionListing] = []) -> Failure {
        let meant =
            EditDistance.nearest(to: name, among: all, name: { $0.id.rawValue.lowercased() })
            ?? EditDistance.nearest(to: name, among: all, name: { $0.shortName.lowercased() })
        let hint = meant.map { "did you mean \($0.id)?" } ?? "cm session list tells which there are"
        return Failure(code: Failure.usage, message: "there is no session \(name); \(hint)")
    }

    /// All that is recorded of a session, and where it stands.
    func history(of session: SessionID, in database: Database) async throws -> (records: [Record], state: SessionState)
    {
        let journal = SQLiteJournal(database)
        let records = try await journal.records(of: session, .between(.start, Cursor(rawValue: .max)))
        return (records, try await journal.state(of: session) ?? SessionState(id: session))
    }

    // MARK: Words

    func age(of time: Timestamp) -> Elapsed { Elapsed(now.milliseconds(since: time)) }

    /// What was said, as people read it.
    func lines(of records: [Record]) -> [String] { History(records, at: now).lines }

    /// Prints to standard output; what agents said must not move a terminal's cursor.
    static func show(_ text: String) { print(isatty(STDOUT_FILENO) == 1 ? Printable(text).text : text) }

    /// Says something on standard error.
    static func tell(_ text: String) { FileHandle.standardError.write(Data("cm: \(Printable(text).text)\n".utf8)) }
}
