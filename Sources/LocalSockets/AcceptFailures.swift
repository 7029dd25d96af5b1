#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a listener does when a client could not be accepted.
struct AcceptFailures: Sendable {
    enum Action: Hashable {
        /// Nobody is there.
        case wait
        /// Only that client is lost.
        case next
        /// The system lacks something, which may come back; the message is for the log.
        case backOff(Duration, message: String?)
        case fail
    }

    /// From 50 ms, so that a client hardly notices, to 1 s, so that a machine in need is left alone.
    private var pause = Duration.milliseconds(50)
    private var isShort = false

    /// What to do about `errno`.
    mutating func after(_ errno: Int32) -> Action {
        switch errno {
        case EAGAIN: return .wait
        case EINTR, ECONNABORTED, EPROTO, EPERM: return .next
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            defer {
                pause = min(pause * 2, .seconds(1))
                isShort = true
            }
            // Said once; it is the same need until a client is accepted.
            let message = "no client can be accepted now: \(String(cString: strerror(errno)))"
            return .backOff(pause, message: isShort ? nil : message)
        default: return .fail
        }
    }

    /// Notes that a client was accepted.
    mutating func succeeded() { self = AcceptFailures() }
}
