import CCurl

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One exchange.
///
/// Sendable unchecked: the task that makes it does no more than put it into the ``Inbox``, whose lock lies between; from
/// then on only the thread of the transfers touches what changes. A class, because libcurl is given its address.
final class Transfer: @unchecked Sendable {
    /// Who is told, exactly once each: by a continuation, and by the end of a buffer.
    enum Delivery: Sendable {
        case whole(CheckedContinuation<HTTPResponse, any Error>)
        case head(CheckedContinuation<HTTPResponse, any Error>, StreamBuffer)
        /// The header was delivered.
        case body(StreamBuffer)
    }

    enum Phase {
        case waiting
        /// Before it was started.
        case cancelled
        case running(Handle)
        case ended
    }

    let request: HTTPRequest
    let host: String
    var phase = Phase.waiting
    var delivery: Delivery?

    /// What has come up to now.
    var response = HTTPResponse(status: 0)
    var hasHead = false
    var headSize = 0
    var bodySize = 0
    /// How often a connection was ready for the request.
    var attempts = 0
    /// Whether libcurl keeps bytes until the reader has room.
    var isHeldBack = false
    /// Why this side ended it; `nil` when it did not.
    var fault: HTTPError.Code?
    private var uploaded: Int64 = 0
    let start = ContinuousClock.now
    /// When the last byte came or went.
    private(set) var lastSign = ContinuousClock.now

    init(_ request: HTTPRequest, to host: String) {
        self.request = request
        self.host = host
    }

    /// When it has been silent for too long; `nil` for never.
    var idleDeadline: ContinuousClock.Instant? {
        guard let idle = request.timeouts.idle, attempts > 0, !isHeldBack else { return nil }
        return lastSign + idle
    }

    /// Notes a sign of life.
    func noteSign() {
        if request.timeouts.idle != nil { lastSign = .now }
    }

    /// Notes how much of the body has been sent.
    func noteUploaded(_ count: Int64) {
        guard count != uploaded else { return }
        uploaded = count
        noteSign()
    }

    /// Delivers what came, or the error.
    func end(_ error: (any Error)?) {
        phase = .ended
        let delivery = delivery
        self.delivery = nil
        switch delivery {
        case .whole(let continuation), .head(let continuation, _):
            if let error {
                continuation.resume(throwing: error)
            } else {
                continuation.resume(returning: response)
            }
            if case .head(_, let buffer) = delivery { buffer.end(error) }
        case .body(let buffer): buffer.end(error)
        case nil: break
        }
    }
}
