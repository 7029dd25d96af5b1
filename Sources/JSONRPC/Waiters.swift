/// Those who wait, each for one thing that comes once or is given up.
///
/// Holds no lock and resumes nothing: every method returns whom to tell.
struct Waiters<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    typealias Waiting = CheckedContinuation<Value, any Error>

    private enum Entry {
        /// Has a key and no one waiting yet.
        case reserved
        case waiting(Waiting)
        /// Given up before anyone waited.
        case cancelled
    }

    private var entries: [Key: Entry] = [:]

    /// Notes that someone is about to wait for `key`.
    mutating func reserve(_ key: Key) { entries[key] = .reserved }

    /// Drops whatever is left of `key` once its caller is done.
    mutating func forget(_ key: Key) { entries[key] = nil }

    /// Begins to wait; `false` when that was given up before.
    mutating func wait(_ continuation: Waiting, for key: Key) -> Bool {
        guard case .reserved? = entries[key] else {
            entries[key] = nil
            return false
        }
        entries[key] = .waiting(continuation)
        return true
    }

    /// Gives up `key`, and says whom to tell; `nil` when nobody waits for it.
    mutating func cancel(_ key: Key) -> Waiting? {
        switch entries[key] {
        case .reserved:
            entries[key] = .cancelled
            return nil
        case .waiting(let continuation):
            entries[key] = nil
            return continuation
        case .cancelled, nil:
            return nil
        }
    }

    /// What was waited for has come; `nil` when nobody waits for it any more.
    mutating func take(_ key: Key) -> Waiting? {
        guard case .waiting(let continuation)? = entries[key] else { return nil }
        entries[key] = nil
        return continuation
    }

    /// Nothing will come any more.
    mutating func takeAll() -> [Waiting] {
        defer { entries = [:] }
        return entries.values.compactMap { entry in
            if case .waiting(let continuation) = entry { continuation } else { nil }
        }
    }
}
