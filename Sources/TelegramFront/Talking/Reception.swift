import Conversation
import Locking
import Logging

/// Has updates dealt with: those of a conversation in order, those of several side by side, and buttons at once.
///
/// A file that is long in coming holds up its own conversation alone, and there what was said behind it; what tells
/// something, and what an agent waits for, goes past it. `/cancel`, `/approve` and `/deny` wait for an `/attach` before them,
/// which is quick and says whom they are about, and for nothing else; what is behind them waits until they are through, so
/// that it is never what they are about.
struct Reception: Sendable {
    /// How often an update is tried that cannot be dealt with.
    private static let tries = 3

    let desk: Desk
    /// The groups that have got another number, as far as is known.
    let renamed: Locked<RenamedChats>
    let clock: any Clock<Duration>
    let logger: Logger

    /// Deals with all that arrives, and returns when nothing more can.
    ///
    /// Throws ``HubError`` when the core has gone, what cannot be kept, and `CancellationError`.
    func deal(with arrivals: AsyncStream<KeptUpdate>) async throws {
        let queues = Locked(SessionQueues<KeptUpdate>())
        try await FirstFailure.ends { first in
            try await withThrowingDiscardingTaskGroup { group in
                for await update in arrivals {
                    switch update.order(to: desk.name, in: renamed.withLock(\.self)) {
                    case .atOnce:
                        group.addTask { await first.attempt { try await deal(with: update) } }
                    case .beforeAll:
                        try await deal(with: update)
                        let known = try await desk.guests.access().renamed
                        renamed.withLock { $0 = known }
                    case .inSession(let session, let pace):
                        desk.intake.begin(
                            update, in: session, command: update.command(to: desk.name), isSlow: pace == .slow)
                        if pace == .ahead {
                            group.addTask {
                                await first.attempt {
                                    try await desk.intake.attached(before: update.id)
                                    try await deal(with: [update])
                                }
                            }
                        }
                        guard queues.withLock({ $0.add(update, pace, to: session) }) else { continue }
                        group.addTask {
                            await first.attempt {
                                while let entry = queues.withLock({ $0.next(in: session) }) {
                                    try await deal(with: entry, of: session, in: queues)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Deals with what has its turn in `session`, and lets pass what may, as long as it is slow.
    private func deal(
        with entry: SessionQueues<KeptUpdate>.Entry, of session: SessionID, in queues: Locked<SessionQueues<KeptUpdate>>
    ) async throws {
        switch entry.pace {
        case .steady, .passing: try await deal(with: gathered(behind: entry.element, of: session, in: queues))
        case .ahead: try await desk.intake.ended(entry.element.id)
        case .slow: try await deal(withSlow: entry.element, of: session, in: queues)
        }
    }

    private func deal(
        withSlow update: KeptUpdate, of session: SessionID, in queues: Locked<SessionQueues<KeptUpdate>>
    ) async throws {
        // As much waits there as people say meanwhile, which is kept anyway.
        let (passing, way) = AsyncStream.makeStream(of: KeptUpdate.self)
        queues.withLock { $0.open(way, in: session) }
        // What has passed is done before what is behind.
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { for await update in passing { try await deal(with: [update]) } }
            defer { queues.withLock { $0.closeWay(in: session) } }
            try await deal(with: gathered(behind: update, of: session, in: queues))
        }
        try Task.checkCancellation()
    }

    /// `update` with what belongs to it: what waits already, and what comes until for a while nothing does.
    private func gathered(
        behind update: KeptUpdate, of session: SessionID, in queues: Locked<SessionQueues<KeptUpdate>>
    ) async throws -> [KeptUpdate] {
        var group = MessageGroup(update), hasWaited = false
        while group.mayGoOn {
            let count = group.updates.count
            queues.withLock { $0.take(in: session) { group.mayGoOn ? group.take($0) : nil } }
            if !group.mayGoOn || hasWaited && group.updates.count == count { break }
            _ = try await desk.intake.unlessStopped(update.id) { try await clock.sleep(for: MessageGroup.patience) }
            hasWaited = true
        }
        return group.updates
    }

    private func deal(with updates: [KeptUpdate]) async throws {
        defer { desk.intake.end(updates.map(\.id)) }
        if let update = try await desk.sealed(updates) { try await deal(with: update) }
    }

    /// Deals with one update; one that cannot be dealt with is told of, and holds up nobody else.
    private func deal(with update: KeptUpdate) async throws {
        // A command may have acted before it failed.
        let isCommand = update.command(to: desk.name).map { $0 != "steer" } ?? false
        var update = update
        for attempt in 1...(isCommand ? 1 : Self.tries) {
            do {
                return try await desk.take(&update)
            } catch let error where !(error is CancellationError || (error as? HubError)?.code == .closed) {
                logger.error(
                    "an update cannot be dealt with",
                    metadata: ["update": "\(update.id)", "attempt": "\(attempt)", "error": "\(error)"])
            }
            try await clock.sleep(for: .seconds(attempt))
        }
        try await desk.giveUp(update)
    }
}
