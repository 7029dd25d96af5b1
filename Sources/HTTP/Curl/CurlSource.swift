#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the reader of a stream gets the body from.
///
/// A class, because the transfer ends with the last reference to it.
final class CurlSource: Sendable {
    private let transfer: Transfer
    private let buffer: StreamBuffer
    private let inbox: Inbox

    init(_ transfer: Transfer, _ buffer: StreamBuffer, _ inbox: Inbox) {
        self.transfer = transfer
        self.buffer = buffer
        self.inbox = inbox
    }

    deinit { inbox.put(.cancel(transfer)) }

    func next() async throws -> Data? {
        let (transfer, inbox) = (transfer, inbox)
        return try await buffer.next(
            letGo: { inbox.put(.letGo(transfer)) },
            cancel: { inbox.put(.cancel(transfer)) })
    }
}
