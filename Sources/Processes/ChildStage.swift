import Synchronization

/// How far a child's life has come, for readers of its output that cannot wait to be told.
///
/// A class because the child's watcher and the iterators share it.
final class ChildStage: Sendable {
    enum Stage: UInt8, AtomicRepresentable {
        case running
        /// The child has ended; its pipes hold what it left.
        case ended
        /// Nothing of it is left, and its descriptors may by now be another's.
        case gone
    }

    private let stage = Atomic(Stage.running)

    var current: Stage { stage.load(ordering: .acquiring) }

    func advance(to next: Stage) { stage.store(next, ordering: .releasing) }
}
