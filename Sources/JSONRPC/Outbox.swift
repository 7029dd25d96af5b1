#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Locking

/// What waits to be written, in order, and a way past the queue while it is empty.
///
/// A class with a lock, because many tasks say things at the same time and one writes.
final class Outbox: Sendable {
    private struct State {
        /// How many are queued and not written yet.
        var waiting = 0
        var isFinished = false
        /// Set while there is a transport that can do without waiting.
        var writeNow: (@Sendable (Data) -> WrittenNow)?
    }

    /// What is queued; iterated by the task that writes.
    let queued: AsyncStream<Outgoing>
    private let queue: AsyncStream<Outgoing>.Continuation
    private let state = Locked(State())

    init() {
        // Unbounded, because dropping a message is no choice and most of them are requests whose callers wait: their
        // number, and so the queue's, is bounded by the callers.
        (queued, queue) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Queues `outgoing`; `false` when nothing is taken any more.
    ///
    /// Yielding only moves the writing task to its executor: it runs no code of others here.
    @discardableResult func put(_ outgoing: Outgoing) -> Bool {
        state.withLock { state in
            guard !state.isFinished else { return false }
            state.waiting += 1
            queue.yield(outgoing)
            return true
        }
    }

    /// Writes `line` at once where nothing waits and the transport takes it without waiting; `false` when it has to be
    /// queued.
    ///
    /// What the transport has begun goes on by the queue.
    func writeNow(_ line: Data) -> Bool {
        // Under the lock, so that nothing comes between the pieces.
        state.withLock { state in
            guard !state.isFinished, state.waiting == 0, let writeNow = state.writeNow else { return false }
            switch writeNow(line) {
            case .whole:
                return true
            case .nothing:
                return false
            case .part(let rest):
                state.waiting += 1
                queue.yield(Outgoing(line: rest, isRest: true))
                return true
            }
        }
    }

    /// Notes that the first of what waits was written.
    func wrote() { state.withLock { $0.waiting -= 1 } }

    /// Has lines written without waiting by `write` from now on; by nobody with nil.
    func useShortcut(_ write: (@Sendable (Data) -> WrittenNow)?) { state.withLock { $0.writeNow = write } }

    /// Takes nothing more; what is queued can still be read.
    func finish() {
        state.withLock { $0.isFinished = true }
        queue.finish()
    }
}
