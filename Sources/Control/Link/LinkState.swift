import Conversation

/// Which core is in force.
///
/// Finishes nothing itself: every method that wakes somebody returns whom.
struct LinkState: Sendable {
    /// A core, and the how manieth it is.
    struct Served: Sendable {
        var core: any Core
        var number: Int
    }

    /// What whoever needs a core has to do.
    enum Search: Sendable {
        case use(Served)
        /// Until the state changes; then it asks again, and lets the number be forgotten.
        case wait(Int)
        case giveUp
    }

    typealias Waiting = AsyncStream<Never>.Continuation

    private enum Phase: Sendable {
        case none
        case served(any Core)
        case closed
    }

    private var phase = Phase.none
    /// How many cores there were.
    private var cores = 0
    private var lastWaiting = 0
    private var waiting: [Int: Waiting] = [:]

    /// The core in force.
    var current: (any Core)? { if case .served(let core) = phase { core } else { nil } }

    /// How many wait.
    var waitingCount: Int { waiting.count }

    /// Puts a core in force.
    mutating func serve(by core: any Core) -> [Waiting] {
        guard !isClosed else { return [] }
        cores += 1
        phase = .served(core)
        return wakeAll()
    }

    /// There is no core for now.
    mutating func lose() {
        if !isClosed { phase = .none }
    }

    /// There will be no core any more.
    mutating func close() -> [Waiting] {
        phase = .closed
        return wakeAll()
    }

    /// Looks for a core that came after the first `number`; `wakes` is what a wait ends by.
    mutating func search(after number: Int, wakes: Waiting) -> Search {
        switch phase {
        case .closed: return .giveUp
        case .served(let core) where cores > number: return .use(Served(core: core, number: cores))
        case .served, .none:
            lastWaiting += 1
            waiting[lastWaiting] = wakes
            return .wait(lastWaiting)
        }
    }

    /// Forgets somebody who waits no longer.
    mutating func forget(_ waiting: Int) { self.waiting[waiting] = nil }

    private var isClosed: Bool { if case .closed = phase { true } else { false } }

    private mutating func wakeAll() -> [Waiting] {
        defer { waiting = [:] }
        return Array(waiting.values)
    }
}
