public import Conversation
import Locking

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The core of a workspace wherever it is hosted at the moment: fronts hold on to it while the host changes.
///
/// What is asked while there is no core waits for one, for a limited time. What was asked of a core that went away is
/// asked of the next one where that does no harm: see ``handle(_:in:)``.
///
/// A class with a lock, because fronts use it while its owner puts one core after the other in force.
public final class CoreLink: Sendable {
    /// No core came in time.
    private struct Impatience: Error {}

    private let state = Locked(LinkState())
    private let patience: Duration
    private let clock: any Clock<Duration>
    private let makeKey: @Sendable () -> String

    /// Creates a link to no core.
    ///
    /// - Parameters:
    ///   - patience: How long a call waits for a core.
    ///   - clock: What that is measured with.
    ///   - makeKey: Makes the keys of messages that have none, no two the same; nil for random ones.
    public init(
        patience: Duration = .seconds(30), clock: any Clock<Duration> = ContinuousClock(),
        makeKey: (@Sendable () -> String)? = nil
    ) {
        self.patience = patience
        self.clock = clock
        self.makeKey = makeKey ?? { UUID().uuidString }
    }

    /// From now on `core` is in force, and what waits goes on with it.
    public func serve(by core: any Core) { wake(state.withLock { $0.serve(by: core) }) }

    /// No core is in force: what is asked waits for the next.
    public func lose() { state.withLock { $0.lose() } }

    /// There will be no core any more: what is asked throws ``HubError/closed``, and the streams of events end.
    public func close() { wake(state.withLock { $0.close() }) }

    /// How many calls and readers wait for a core.
    package var waitingCount: Int { state.withLock(\.waitingCount) }

    private func wake(_ waiting: [LinkState.Waiting]) {
        for waiting in waiting { waiting.finish() }
    }

    /// The core in force, if it came after the first `number`; else waits for the next, for as long as it takes.
    ///
    /// Throws `HubError.closed` when there will be none, and `CancellationError`.
    func core(after number: Int) async throws -> LinkState.Served {
        while true {
            let (changed, change) = AsyncStream<Never>.makeStream()
            switch state.withLock({ $0.search(after: number, wakes: change) }) {
            case .use(let served): return served
            case .giveUp: throw HubError.closed
            case .wait(let id):
                for await _ in changed {}
                state.withLock { $0.forget(id) }
                try Task.checkCancellation()
            }
        }
    }

    private func coreInTime(after number: Int) async throws -> LinkState.Served {
        try await withThrowingTaskGroup(of: LinkState.Served.self) { group in
            group.addTask { try await self.core(after: number) }
            group.addTask { [clock, patience] in
                try await clock.sleep(for: patience)
                throw Impatience()
            }
            defer { group.cancelAll() }
            guard let served = try await group.next() else { throw CancellationError() }
            return served
        }
    }

    /// Asks the core in force, and the next one when that has gone without having done anything.
    ///
    /// - Parameter repeatsLost: Whether to ask again although it may have been done.
    func ask<Answer>(
        repeatsLost: Bool = true, _ question: (any Core) async throws -> Answer
    ) async throws -> Answer {
        try await find(repeatsLost: repeatsLost) { try await question($0.core) }
    }

    /// Like ``ask(repeatsLost:_:)``, for whoever has to know the how manieth core it is.
    func find<Answer>(
        repeatsLost: Bool = true, _ question: (LinkState.Served) async throws -> Answer
    ) async throws -> Answer {
        var last = 0, mayBeDone = false
        while true {
            let served: LinkState.Served
            do {
                served = try await coreInTime(after: last)
            } catch is Impatience {
                let outcome = mayBeDone ? "what was asked may have been done or not" : "nothing was stored"
                throw HubError(code: .closed, description: "no core took over within \(patience); \(outcome)")
            } catch let error as HubError {
                throw mayBeDone ? .lost : error
            }
            do {
                return try await question(served)
            } catch let error as HubError where error.code == .closed {
                mayBeDone = mayBeDone || error == .lost
                if error == .lost, !repeatsLost { throw error }
                last = served.number
            }
        }
    }

    /// `message` with a key, under which it may be handed in again.
    func keyed(_ message: Message) -> Message {
        guard message.key == nil else { return message }
        var message = message
        message.key = makeKey()
        return message
    }

    /// The core in force; nil for none.
    var current: (any Core)? { state.withLock(\.current) }
}
