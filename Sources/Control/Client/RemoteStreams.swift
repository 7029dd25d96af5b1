import Conversation
import JSONRPC
import Locking

/// The events on their way from a core to the readers in this process.
///
/// A class with a lock, because records arrive on one task, and readers come and go on others.
final class RemoteStreams: Sendable {
    /// How many records wait for a reader before its stream ends.
    static let limit = 4096

    private struct State {
        var lastNumber = 0
        var isClosed = false
        var readers: [Int: AsyncStream<Record>.Continuation] = [:]
    }

    private let state = Locked(State())
    /// Tells the core that a subscription is not read any more.
    private let giveUp: @Sendable (Int) -> Void

    init(giveUp: @escaping @Sendable (Int) -> Void) { self.giveUp = giveUp }

    /// How many there are.
    var count: Int { state.withLock(\.readers.count) }

    /// A stream for the subscription of the number that comes with it.
    ///
    /// The core is told when the stream is dropped, or ends because its reader has fallen behind.
    func open() -> (number: Int, stream: AsyncStream<Record>) {
        let (stream, records) = AsyncStream.makeStream(
            of: Record.self, bufferingPolicy: .bufferingOldest(Self.limit))
        let number = state.withLock { state -> Int? in
            guard !state.isClosed else { return nil }
            state.lastNumber += 1
            state.readers[state.lastNumber] = records
            return state.lastNumber
        }
        guard let number else {
            records.finish()
            return (0, stream)
        }
        records.onTermination = { [weak self] _ in self?.close(number) }
        return (number, stream)
    }

    /// Hands a record to the reader of the subscription.
    func take(_ record: Record, for number: Int) {
        guard let reader = state.withLock({ $0.readers[number] }) else { return }
        // Ending it tells the core.
        if case .dropped = reader.yield(record) { reader.finish() }
    }

    /// Ends the stream of a subscription that the core has ended.
    func end(_ number: Int) { state.withLock { $0.readers.removeValue(forKey: number) }?.finish() }

    /// Gives up a subscription, if there still is one.
    func close(_ number: Int) {
        guard let reader = state.withLock({ $0.readers.removeValue(forKey: number) }) else { return }
        giveUp(number)
        reader.finish()
    }

    /// Ends all streams, for good.
    func closeAll() {
        let readers = state.withLock { state in
            state.isClosed = true
            defer { state.readers = [:] }
            return state.readers
        }
        for reader in readers.values { reader.finish() }
    }
}
