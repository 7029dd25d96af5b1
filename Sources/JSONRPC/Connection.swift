#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Locking
public import Logging

/// One JSON-RPC conversation with one peer.
///
/// The connection lives exactly as long as `run(over:)`: what is sent before goes out when that starts, and when it
/// ends, every request still waiting fails with ``ConnectionError/closed``, as do later ones at once. There are no
/// deadlines here; a caller that has one cancels its task.
///
/// A class because both sides of a conversation and every waiting caller share it; a lock and no actor because the
/// order of what is sent must be the order of the calls, and a cancellation handler cannot wait.
public final class Connection: Sendable {
    let state = Locked(StateMachine())
    let methods: MethodTable
    let decoder: JSONDecoder
    let logger: Logger
    private let cancellation: @Sendable (RequestID) throws -> Data?
    let manners: Manners
    let outbox = Outbox()
    /// Tells the reading task to look whether the peer may have more under way; one signal is as good as many.
    private let (room, roomSignal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Creates a conversation in which the peer is not told that a request was given up; its answer is ignored.
    ///
    /// - Parameters:
    ///   - methods: What this side answers to.
    ///   - logger: Told about messages that were left out: at `debug`, without their content.
    ///   - manners: How the peer's faults are treated.
    public convenience init(
        methods: MethodTable = MethodTable(), logger: Logger = Logger(label: "jsonrpc"), manners: Manners = Manners()
    ) {
        self.init(methods: methods, logger: logger, manners: manners, notice: { _ in nil })
    }

    /// Creates a conversation in which a notification tells the peer that a request was given up.
    ///
    /// - Parameters:
    ///   - methods: What this side answers to.
    ///   - logger: Told about messages that were left out: at `debug`, without their content.
    ///   - manners: How the peer's faults are treated.
    ///   - cancellation: Makes that notification.
    public convenience init<N: Notification & Encodable>(
        methods: MethodTable = MethodTable(),
        logger: Logger = Logger(label: "jsonrpc"),
        manners: Manners = Manners(),
        cancellation: @escaping @Sendable (RequestID) -> N
    ) {
        self.init(methods: methods, logger: logger, manners: manners) { id in
            try Outbound(method: N.method, params: cancellation(id)).line()
        }
    }

    private init(
        methods: MethodTable, logger: Logger, manners: Manners,
        notice: @escaping @Sendable (RequestID) throws -> Data?
    ) {
        self.methods = methods
        decoder = InboundLine.decoder(knowing: methods)
        self.logger = logger
        self.manners = manners
        cancellation = notice
    }

    /// Sends `request` and returns its answer.
    ///
    /// Throws what the peer answers as an ``RPCError``, and ``ConnectionError`` when no answer comes or it is not the
    /// method's response. Cancelling the task throws `CancellationError` at once, and tells the peer where it knows
    /// such a notice.
    public func send<R: Request & Encodable>(_ request: R) async throws -> R.Response where R.Response: Decodable {
        let id = state.withLock { $0.reserve() }
        defer { state.withLock { $0.forget(id) } }
        let line = try Outbound(id: id, method: R.method, params: request).line()
        let answer = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let action = state.withLock { state in
                    let action = state.wait(continuation, for: id)
                    // Queued under the lock, so that the notice of a cancellation cannot overtake its request.
                    if case .send = action { outbox.put(Outgoing(line: line)) }
                    return action
                }
                if case .fail(let error) = action { continuation.resume(throwing: error) }
            }
        } onCancel: {
            cancel(id)
        }
        do {
            return try Payload.result(R.Response.self, in: answer)
        } catch {
            throw ConnectionError.unexpectedResult(of: R.method, error)
        }
    }

    private func cancel(_ id: RequestID) {
        guard let waiting = state.withLock({ $0.cancel(id) }) else { return }
        do {
            if let notice = try cancellation(id) { outbox.put(Outgoing(line: notice)) }
        } catch {
            logger.debug("made no notice of a cancelled call", metadata: ["error": "\(type(of: error))"])
        }
        waiting.resume(throwing: CancellationError())
    }

    /// Queues `notification`, in order with what was sent before; after the end of the conversation it is dropped.
    public func notify<N: Notification & Encodable>(_ notification: N) throws {
        outbox.put(Outgoing(line: try Self.line(for: notification)))
    }

    /// Answers the peer's request `id` with `line`; `false` when it was answered before or is no longer wanted.
    func answer(_ id: RequestID, with line: Data) -> Bool {
        guard state.withLock({ $0.finishServing(id) }) else { return false }
        queueAnswer(line)
        return true
    }

    /// Queues what answers something that was taken on.
    func queueAnswer(_ line: Data) {
        if !outbox.put(Outgoing(line: line, isAnswer: true)) { layDown() }
    }

    /// Notes that something that was taken on will have no answer, or has had it.
    func layDown() {
        state.withLock { $0.layDown() }
        roomSignal.yield()
    }

    /// Stops sending once the queue is written; the peer reads end-of-file and is expected to close in turn.
    ///
    /// Requests already made may still be answered; later ones fail with ``ConnectionError/closed``.
    public func finish() {
        state.withLock { $0.finish() }
        outbox.finish()
    }

    /// Reads and writes until the peer closes its side, the transport fails or the task is cancelled.
    ///
    /// Called once. Returns when the peer closes. A peer that goes in the middle of a write may have left answers, so
    /// reading goes on for a while then.
    ///
    /// - Parameters:
    ///   - transport: The way to the peer; its outgoing side is closed by the end.
    ///   - patience: How long reading goes on after a write that failed.
    /// - Throws: `CancellationError` when the task is cancelled; what the transport throws; for a failed write only when
    ///   the peer did not close within `patience`; ``ConnectionError/closed`` when the conversation was run before.
    public func run(over transport: some LineTransport, patience: Duration = .seconds(1)) async throws {
        guard state.withLock({ $0.start() }) else { throw ConnectionError.closed }
        defer { close() }
        try await withThrowingTaskGroup(of: Ended.self) { group in
            group.addTask { await self.write(to: transport) }
            group.addTask { try await self.read(from: transport, patience) }
            // The writer may end first; the reader's end is the conversation's.
            reading: while let ended = try await group.next() {
                switch ended {
                case .reading: break reading
                case .writing(nil): continue
                case .writing(let failure?):
                    finish()
                    mute()
                    group.addTask {
                        try await Task.sleep(for: patience)
                        throw failure
                    }
                }
            }
            close()
            group.cancelAll()
        }
        // A transport may end its lines on cancellation as it does at the peer's end.
        try Task.checkCancellation()
    }

    private enum Ended {
        case reading
        case writing((any Error)?)
    }

    private func write(to transport: some LineTransport) async -> Ended {
        let immediate = transport as? any ImmediateLineTransport
        if let immediate { outbox.useShortcut { immediate.writeNow($0) } }
        defer { outbox.useShortcut(nil) }
        do {
            for await outgoing in outbox.queued {
                if outgoing.isRest {
                    try await immediate?.write(rest: outgoing.line)
                } else {
                    try await transport.write(outgoing.line)
                }
                outbox.wrote()
                if let delivery = outgoing.delivery {
                    state.withLock { $0.deliveries.take(delivery) }?.resume()
                }
                if outgoing.isAnswer { layDown() }
            }
            try await transport.finish()
            return .writing(nil)
        } catch {
            return .writing(error)
        }
    }

    private func read(from transport: some LineTransport, _ patience: Duration) async throws -> Ended {
        try await withThrowingDiscardingTaskGroup { group in
            var room = room.makeAsyncIterator()
            do {
                for try await line in transport.lines {
                    if let call = receive(line) { group.addTask { await self.serve(call) } }
                    while state.withLock({ $0.isFull(manners.requestLimit) }) {
                        // `nil` says that the task is cancelled, and then so is what it reads.
                        guard await room.next(isolation: #isolation) != nil else { break }
                    }
                }
            } catch let error as LineFramer.LineTooLong where manners.answersBadInput {
                await refuse(error, patience)
                throw error
            }
            // Nobody is left to hear the answers.
            group.cancelAll()
        }
        return .reading
    }

    /// Says why the conversation ends, to a peer that may not listen.
    private func refuse(_ error: LineFramer.LineTooLong, _ patience: Duration) async {
        await withTaskGroup { group in
            group.addTask {
                do {
                    try await self.deliver(line: BadInputAnswer(to: error).line())
                } catch {
                    self.logger.debug("could not say that a line was too long", metadata: ["error": "\(error)"])
                }
            }
            // Ends early only by cancellation, which is what the other waits for, too.
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Gives up what is queued; whoever waits for that, or for its answers to make room, goes on.
    private func mute() {
        for waiting in state.withLock({ $0.mute() }) { waiting.resume(throwing: ConnectionError.closed) }
        roomSignal.yield()
    }

    private func close() {
        outbox.finish()
        let (calls, deliveries) = state.withLock { $0.close() }
        for waiting in calls { waiting.resume(throwing: ConnectionError.closed) }
        for waiting in deliveries { waiting.resume(throwing: ConnectionError.closed) }
    }
}
