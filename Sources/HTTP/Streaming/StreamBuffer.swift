#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Locking

/// Hands the body of an answer from the thread of the transfers to its reader.
///
/// A class with a lock, because the two share it. It ends the transfer when the reader has gone.
final class StreamBuffer: Sendable {
    private let state = Locked(StreamState())

    /// Called by the transfer; false when it must come again with the same bytes after it was let go.
    func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch state.withLock({ $0.offer(bytes) }) {
        case .taken: return true
        case .hand(let reader):
            reader.resume(returning: Data(bytes))
            return true
        case .holdBack: return false
        }
    }

    /// Called by the transfer, once.
    func end(_ error: (any Error)?) {
        guard let reader = state.withLock({ $0.end(error) }) else { return }
        if let error { reader.resume(throwing: error) } else { reader.resume(returning: nil) }
    }

    /// The next bytes; `letGo` is called when the transfer may go on.
    func next(letGo: () -> Void, cancel: @escaping @Sendable () -> Void) async throws -> Data? {
        try Task.checkCancellation()
        switch state.withLock({ $0.take() }) {
        case .bytes(let bytes, let letsGo):
            if letsGo { letGo() }
            return bytes
        case .end: return nil
        case .failure(let error): throw error
        case .wait: return try await wait(letGo: letGo, cancel: cancel)
        }
    }

    private func wait(letGo: () -> Void, cancel: @escaping @Sendable () -> Void) async throws -> Data? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reader in
                switch state.withLock({ $0.wait(reader) }) {
                case .bytes(let bytes, let letsGo):
                    if letsGo { letGo() }
                    reader.resume(returning: bytes)
                case .end: reader.resume(returning: nil)
                case .failure(let error): reader.resume(throwing: error)
                case .wait: break
                }
            }
        } onCancel: {
            state.withLock { $0.cancel() }?.resume(throwing: CancellationError())
            cancel()
        }
    }
}
