import Conversation
import TestSupport

@testable import Store

/// The journals there are, of which the core is promised the same.
enum JournalKind: CaseIterable, Sendable {
    case inMemory, sqlite

    /// Runs `body` with what opens a journal, each time on what was kept before.
    func withJournal(_ body: (() throws -> any Journal) async throws -> Void) async throws {
        switch self {
        case .inMemory:
            let journal = InMemoryJournal()
            try await body { journal }
        case .sqlite:
            let state = try TestState()
            try await body { SQLiteJournal(try Database(in: state.directory)) }
            withExtendedLifetime(state) {}
        }
    }
}
