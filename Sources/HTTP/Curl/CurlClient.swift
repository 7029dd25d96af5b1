import CCurl

/// Exchanges over libcurl, all on one thread of its own.
///
/// Connections are kept open and used again. HTTP/1.1 only: a request that waits for long holds up no other then, and
/// whether anything of it was sent is known. Servers have to prove who they are.
///
/// A class because it owns the thread, which ends with `close()` or the last reference, and with it all exchanges, also
/// those whose stream is still held.
public final class CurlClient: HTTPClient {
    private let inbox: Inbox
    private let thread: CurlThread

    /// Once for the process; false when libcurl cannot work here.
    private static let isReady = ccurl_global_init() == CURLE_OK

    /// Creates a client and starts its thread.
    ///
    /// Throws ``HTTPError``, code `other`, when the system has no thread or no memory left.
    public init(_ configuration: CurlConfiguration = CurlConfiguration()) throws {
        guard Self.isReady, let multi = curl_multi_init() else {
            throw HTTPError(.other, detail: "libcurl cannot be used", mayHaveReached: false)
        }
        inbox = Inbox(waking: multi)
        guard let thread = CurlThread(running: TransferLoop(multi, inbox: inbox, configuration)) else {
            throw HTTPError(.other, detail: "no thread can be started", mayHaveReached: false)
        }
        self.thread = thread
    }

    deinit { close() }

    /// Fails all exchanges with `closed`, now and later, and returns when the thread has ended, which is soon.
    public func close() {
        inbox.close()
        thread.join()
    }

    /// Sends a request and returns the whole answer.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await run(Transfer(request, to: Target.host(of: request.url))) { .whole($0) }
    }

    /// Sends a request and returns as soon as the header of the answer is there.
    ///
    /// At most some 300 KiB of the body are held in memory.
    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let transfer = try Transfer(request, to: Target.host(of: request.url))
        let buffer = StreamBuffer()
        let head = try await run(transfer) { .head($0, buffer) }
        let source = CurlSource(transfer, buffer, inbox)
        return HTTPStream(status: head.status, fields: head.fields, body: HTTPStream.Body { try await source.next() })
    }

    private func run(
        _ transfer: Transfer,
        delivery: (CheckedContinuation<HTTPResponse, any Error>) -> Transfer.Delivery
    ) async throws -> HTTPResponse {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard !inbox.put(.start(transfer, delivery(continuation))) else { return }
                continuation.resume(throwing: HTTPError(.closed, host: transfer.host, mayHaveReached: false))
            }
        } onCancel: {
            inbox.put(.cancel(transfer))
        }
    }
}
