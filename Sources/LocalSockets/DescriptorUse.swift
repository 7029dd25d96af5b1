/// Who uses a descriptor, and whether it may be closed.
///
/// Holds no lock and closes nothing: every method returns what to do.
struct DescriptorUse: Sendable {
    private enum Phase {
        case open
        /// To be closed by the last user.
        case closing
        case closed
    }

    private var phase = Phase.open
    private var users = 0
    private var lastWait = 0
    private var waits: [Int: Watch] = [:]

    /// Whether it may be used.
    var isOpen: Bool { if case .open = phase { true } else { false } }

    /// Notes a user; `false` when it may not be used any more.
    mutating func begin() -> Bool {
        guard case .open = phase else { return false }
        users += 1
        return true
    }

    /// Notes that a user is done, and says whether to close now.
    mutating func end() -> Bool {
        users -= 1
        guard case .closing = phase, users == 0 else { return false }
        phase = .closed
        return true
    }

    /// Notes what a user waits for; `nil` when it must not begin to wait.
    mutating func wait(_ watch: Watch) -> Int? {
        guard case .open = phase else { return nil }
        lastWait += 1
        waits[lastWait] = watch
        return lastWait
    }

    /// Notes that a wait is over.
    mutating func endWait(_ wait: Int) { waits[wait] = nil }

    /// Lets nobody begin any more, and says which waits to end and whether to close now.
    mutating func close() -> (ending: [Watch], closesNow: Bool) {
        guard case .open = phase else { return ([], false) }
        phase = users == 0 ? .closed : .closing
        return (Array(waits.values), users == 0)
    }
}
