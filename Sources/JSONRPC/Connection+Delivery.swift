#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import Locking

// What is said with care for whether the peer reads it.
extension Connection {
    /// Encodes `notification` once, for any number of connections.
    public static func line<N: Notification & Encodable>(for notification: N) throws -> Data {
        try Outbound(method: N.method, params: notification).line()
    }

    /// Sends `notification`, in order with what was sent before, and waits until the transport has written it.
    ///
    /// So a peer that does not read holds back whoever tells it things. Throws ``ConnectionError/closed`` when the
    /// conversation ends first, and `CancellationError` when the task is cancelled; the line may still go out then.
    public func deliver<N: Notification & Encodable>(_ notification: N) async throws {
        try await deliver(line: Self.line(for: notification))
    }

    /// Sends what ``line(for:)`` has made, otherwise like ``deliver(_:)``.
    public func deliver(line: Data) async throws {
        try Task.checkCancellation()
        // Nobody has to be woken for what the transport takes at once.
        if outbox.writeNow(line) { return }
        let delivery = state.withLock { $0.reserveDelivery() }
        defer { state.withLock { $0.deliveries.forget(delivery) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let action = state.withLock { state in
                    let action = state.wait(continuation, forDelivery: delivery)
                    // Queued under the lock, so that the end of the conversation finds it either waiting or refused.
                    if case .send = action { outbox.put(Outgoing(line: line, delivery: delivery)) }
                    return action
                }
                if case .fail(let error) = action { continuation.resume(throwing: error) }
            }
        } onCancel: {
            state.withLock { $0.deliveries.cancel(delivery) }?.resume(throwing: CancellationError())
        }
    }
}
