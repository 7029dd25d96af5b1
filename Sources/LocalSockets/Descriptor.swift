import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A socket's descriptor, closed exactly once and never while somebody uses it.
///
/// Its number may belong to another file as soon as it is closed; a read that began before would then take that file's
/// bytes. So the last user closes it. A class, because the tasks that share a socket share it.
final class Descriptor: Sendable {
    private let number: Int32
    private let state = Locked(DescriptorUse())

    /// Takes over `number`.
    init(_ number: Int32) { self.number = number }

    deinit { close() }

    /// Whether `close()` was not called yet.
    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Runs `body`, which must not block, with the number; `nil` once it is closed.
    func use<Result>(_ body: (Int32) throws -> Result) rethrows -> Result? {
        guard state.withLock({ $0.begin() }) else { return nil }
        defer { end() }
        return try body(number)
    }

    /// Waits until reading, or writing, would not block, or the descriptor is closed.
    ///
    /// Throws `CancellationError` as soon as the task is cancelled.
    func ready(for direction: Watch.Direction) async throws {
        try Task.checkCancellation()
        guard state.withLock({ $0.begin() }) else { return }
        defer { end() }
        let watch = Watch(direction, of: number)
        let wait = state.withLock { $0.wait(watch) }
        if wait == nil { watch.end() }
        await watch.run()
        if let wait { state.withLock { $0.endWait(wait) } }
        try Task.checkCancellation()
    }

    /// Ends all waits and closes, after its last user.
    func close() {
        let (ending, closesNow) = state.withLock { $0.close() }
        for watch in ending { watch.end() }
        if closesNow { release() }
    }

    private func end() {
        if state.withLock({ $0.end() }) { release() }
    }

    private func release() {
        #if canImport(Darwin)
            _ = Darwin.close(number)
        #else
            _ = Glibc.close(number)
        #endif
    }
}
