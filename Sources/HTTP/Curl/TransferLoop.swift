import CCurl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the thread of the transfers does.
///
/// A class, because the state is the thread's alone and lives as long as it runs.
final class TransferLoop {
    /// More handles than that are not kept for later.
    private static let spareLimit = 64

    private let multi: UnsafeMutableRawPointer
    private let inbox: Inbox
    private let configuration: CurlConfiguration
    private var running: [ObjectIdentifier: Transfer] = [:]
    private var spare: [UnsafeMutableRawPointer] = []
    /// Not later than the first deadline of a silent transfer.
    private var nextLook: ContinuousClock.Instant?

    /// Takes over `multi`.
    init(_ multi: UnsafeMutableRawPointer, inbox: Inbox, _ configuration: CurlConfiguration) {
        self.multi = multi
        self.inbox = inbox
        self.configuration = configuration
        ccurl_limit_connections(multi, max(1, configuration.idleConnections))
    }

    deinit {
        for easy in spare { curl_easy_cleanup(easy) }
        curl_multi_cleanup(multi)
    }

    /// Runs until the inbox is closed; all transfers have ended then.
    func run() {
        while true {
            let (commands, isOpen) = inbox.take()
            for command in commands { obey(command) }
            guard isOpen else { break }
            var active: Int32 = 0
            curl_multi_perform(multi, &active)
            endDone()
            endSilent()
            wait()
        }
        for transfer in running.values { end(transfer, fault: .closed) }
    }

    private func obey(_ command: Inbox.Command) {
        switch command {
        case .start(let transfer, let delivery): start(transfer, delivery)
        case .cancel(let transfer): cancel(transfer)
        case .letGo(let transfer): letGo(transfer)
        }
    }

    private func start(_ transfer: Transfer, _ delivery: Transfer.Delivery) {
        transfer.delivery = delivery
        if case .cancelled = transfer.phase { return transfer.end(CancellationError()) }
        guard let easy = spare.popLast() ?? curl_easy_init() else {
            return transfer.end(HTTPError(.other, host: transfer.host, detail: "out of memory", mayHaveReached: false))
        }
        do {
            let handle = try Handle.make(easy, for: transfer, configuration)
            transfer.phase = .running(handle)
            running[ObjectIdentifier(transfer)] = transfer
            watch(transfer)
            guard curl_multi_add_handle(multi, easy) == CURLM_OK else { return end(transfer, fault: .other) }
        } catch {
            spare.append(easy)
            var error = error
            error.host = transfer.host
            transfer.end(error)
        }
    }

    private func cancel(_ transfer: Transfer) {
        switch transfer.phase {
        // Its start comes behind this.
        case .waiting: transfer.phase = .cancelled
        case .running(let handle):
            remove(transfer, handle)
            transfer.end(CancellationError())
        case .cancelled, .ended: break
        }
    }

    private func letGo(_ transfer: Transfer) {
        guard case .running(let handle) = transfer.phase, transfer.isHeldBack else { return }
        transfer.isHeldBack = false
        transfer.noteSign()
        watch(transfer)
        // Hands over at once what libcurl has kept, which may be refused.
        let code = curl_easy_pause(handle.easy, CURLPAUSE_CONT)
        if code != CURLE_OK { end(transfer, code) }
    }

    private func endDone() {
        var code = CURLE_OK
        while let easy = ccurl_next_ended(multi, &code) {
            let transfer = Callbacks.transfer(ccurl_client(easy))
            // libcurl is content when the connection ends in the middle of a header.
            let isHalf = code == CURLE_OK && !transfer.hasHead
            end(transfer, code, fault: isHalf ? .connectionClosed : nil)
        }
    }

    /// Ends those that have been silent for too long.
    private func endSilent() {
        let now = ContinuousClock.now
        guard let look = nextLook, look <= now else { return }
        nextLook = nil
        for transfer in Array(running.values) {
            if let deadline = transfer.idleDeadline, deadline <= now {
                end(transfer, fault: .idleTimeout)
            } else {
                watch(transfer)
            }
        }
    }

    /// Sees to it that the transfer is looked at when it may be silent for too long.
    private func watch(_ transfer: Transfer) {
        guard let idle = transfer.request.timeouts.idle else { return }
        // Whose time does not run yet, for that a deadline is later than this.
        let moment = transfer.idleDeadline ?? .now + idle
        nextLook = nextLook.map { min($0, moment) } ?? moment
    }

    private func wait() {
        var limit: Int32 = 60_000
        if let nextLook {
            let left = (nextLook - .now) / .milliseconds(1)
            limit = Int32(min(max(0, left.rounded(.up)), 60_000))
        }
        // It fails when memory is short; not at once again then.
        if curl_multi_poll(multi, nil, 0, limit, nil) != CURLM_OK { usleep(10_000) }
    }

    private func end(_ transfer: Transfer, _ code: CURLcode = CURLE_OK, fault: HTTPError.Code? = nil) {
        guard case .running(let handle) = transfer.phase else { return }
        let end = TransferEnd(
            code: code,
            wasSent: transfer.attempts > 0 && ccurl_long(handle.easy, CURLINFO_REQUEST_SIZE) > 0,
            elapsed: .now - transfer.start, timeouts: transfer.request.timeouts, host: transfer.host,
            fault: fault ?? transfer.fault, errno: Int32(ccurl_long(handle.easy, CURLINFO_OS_ERRNO)),
            complaint: handle.complaint)
        remove(transfer, handle)
        transfer.end(end.error)
    }

    private func remove(_ transfer: Transfer, _ handle: Handle) {
        curl_multi_remove_handle(multi, handle.easy)
        handle.release()
        running[ObjectIdentifier(transfer)] = nil
        if spare.count < Self.spareLimit { spare.append(handle.easy) } else { curl_easy_cleanup(handle.easy) }
    }
}
