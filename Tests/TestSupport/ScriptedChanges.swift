public import Conversation
import Synchronization

/// Files that change by the script of a test.
///
/// A class with a lock, because turns of several sessions ask it.
public final class ScriptedChanges: ChangeTracking {
    /// Why a question was not answered.
    public struct Broken: Error, CustomStringConvertible {
        /// What a person would read.
        public let description = "the index is broken"

        /// Creates the error.
        public init() {}
    }

    private struct State {
        var snapshots = 0
        var asked: [String] = []
    }

    private let isBroken: Bool
    private let state = Mutex(State())

    /// Creates changes; broken ones answer nothing.
    public init(isBroken: Bool = false) { self.isBroken = isBroken }

    /// The snapshots that were compared, in order.
    public var asked: [String] { state.withLock { $0.asked } }

    /// Names snapshots `s1`, `s2` and so on.
    public func snapshot(of directory: String) async throws -> String {
        if isBroken { throw Broken() }
        return state.withLock { state in
            state.snapshots += 1
            return "s\(state.snapshots)"
        }
    }

    /// `the difference from` the snapshot.
    public func changes(in directory: String, since snapshot: String) async throws -> String {
        if isBroken { throw Broken() }
        state.withLock { $0.asked.append(snapshot) }
        return "the difference in \(directory) from \(snapshot)"
    }
}
