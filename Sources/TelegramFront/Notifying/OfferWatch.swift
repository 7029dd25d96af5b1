import Conversation
import Locking
import Logging

/// Hears what becomes of the requests that are offered to the owner, wherever they are answered.
///
/// Only reads: who watches so is nobody whom an agent could ask. A class with a lock, because each is watched in a task of
/// its own.
final class OfferWatch: Sendable {
    /// How long it takes at least to be told again after trouble, and how long what is settled may take to be told.
    static let pause = Duration.seconds(5)

    private struct State {
        var followed: Set<OfferedRequest> = []
        var ends: [OfferedRequest: OfferedRequest.End] = [:]
        /// Those of which nothing can be read, as was logged.
        var troubled: Set<OfferedRequest> = []
        var failure: (any Error)?
    }

    private let core: any Core
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let state = Locked(State())
    /// At most as many as are offered.
    private let wishes: AsyncStream<OfferedRequest>
    private let wish: AsyncStream<OfferedRequest>.Continuation

    init(_ core: any Core, _ clock: any Clock<Duration>, _ logger: Logger) {
        (self.core, self.clock, self.logger) = (core, clock, logger)
        (wishes, wish) = AsyncStream.makeStream()
    }

    /// Why nothing is heard any more; nil as long as it is.
    var failure: (any Error)? { state.withLock(\.failure) }

    /// Follows `requests` from now on, those that are not followed; what is known of others is forgotten.
    func follow(_ requests: [OfferedRequest]) {
        let requests = Set(requests)
        let new = state.withLock { state in
            defer { state.followed = requests }
            state.ends = state.ends.filter { requests.contains($0.key) }
            state.troubled.formIntersection(requests)
            return requests.subtracting(state.followed)
        }
        for request in new { wish.yield(request) }
    }

    /// What has become of `request`; nil while it waits.
    func end(of request: OfferedRequest) -> OfferedRequest.End? { state.withLock { $0.ends[request] } }

    /// Follows what is wished for, and calls `tell` when something is known; returns when cancelled.
    func run(_ tell: @escaping @Sendable () -> Void) async throws {
        do {
            try await FirstFailure.ends { first in
                await withDiscardingTaskGroup { group in
                    for await request in self.wishes {
                        group.addTask {
                            await first.attempt {
                                let end = try await self.heard(of: request)
                                self.state.withLock { state in
                                    if state.followed.contains(request) { state.ends[request] = end }
                                }
                                tell()
                            }
                        }
                    }
                }
            }
        } catch {
            state.withLock { $0.failure = error }
            tell()
            throw error
        }
    }

    /// The request as it waits; nil when it does not, or when that cannot be said now, which is logged once.
    ///
    /// Throws ``HubError`` when the core has gone, and `CancellationError`.
    func open(_ request: OfferedRequest) async throws -> Approval? {
        do {
            let open = try await core.openApprovals(of: request.session).first { $0.id == request.approval }
            state.withLock { _ = $0.troubled.remove(request) }
            return open
        } catch {
            try pass(error, over: request)
            return nil
        }
    }

    /// Throws `error` when nothing more can be heard; else it is logged, where `request` was not in trouble before.
    private func pass(_ error: any Error, over request: OfferedRequest) throws {
        if error is CancellationError || (error as? HubError)?.code == .closed { throw error }
        guard state.withLock({ $0.troubled.insert(request).inserted }) else { return }
        logger.warning(
            "nothing can be said about a request that is offered; it is looked at again",
            metadata: ["request": "\(request.approval) in \(request.session)", "error": "\(error)"])
    }

    /// What becomes of `request`, as soon as that is known.
    private func heard(of request: OfferedRequest) async throws -> OfferedRequest.End {
        var backOff = BackOff()
        while true {
            var pause = Self.pause
            do {
                // From the question on, so that an answer is among what comes, however long ago it was given.
                let before = Bookmark(Cursor(rawValue: request.approval.rawValue - 1))
                let records = try await core.events(of: request.session, after: before)
                let isOpen = try await core.openApprovals(of: request.session).contains { $0.id == request.approval }
                state.withLock { _ = $0.troubled.remove(request) }
                backOff.reset()
                if let end = try await Self.end(of: request, in: records, within: isOpen ? nil : Self.pause, clock) {
                    return end
                }
                // What is settled and not told is not there any more.
                if !isOpen { return .gone }
            } catch {
                // The journal cannot be read just now, for instance.
                try pass(error, over: request)
                pause = max(pause, backOff.fail(chance: .random(in: 0..<1)))
            }
            try await clock.sleep(for: pause)
        }
    }

    /// The end that `records` tell; nil when they end without, or tell none within so much time.
    private static func end(
        of request: OfferedRequest, in records: AsyncStream<Record>, within limit: Duration?,
        _ clock: any Clock<Duration>
    ) async throws -> OfferedRequest.End? {
        try await withThrowingTaskGroup(of: OfferedRequest.End?.self) { group in
            group.addTask {
                for await record in records {
                    if case .deleted = record.event { return .gone }
                    guard case .approval(_, let approval) = record.event, approval.id == request.approval else {
                        continue
                    }
                    if approval.answer != nil { return .answered(approval) }
                }
                try Task.checkCancellation()
                return nil
            }
            if let limit {
                group.addTask {
                    try await clock.sleep(for: limit)
                    return nil
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
