#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What this process does about the signals that its children cause.
///
/// The dispositions belong to the whole process, hence once. Children start with the default ones.
enum SignalDispositions {
    /// Sets them; used before the first child starts.
    static let areSet: Void = {
        // A write to a child that has gone fails with `EPIPE` instead of ending this process.
        _ = signal(SIGPIPE, SIG_IGN)
        // Whoever started this process may have left SIGCHLD ignored, and then how a child ended is lost.
        var action = sigaction()
        if sigaction(SIGCHLD, nil, &action) == 0, isIgnored(action) { _ = signal(SIGCHLD, SIG_DFL) }
    }()

    private static func isIgnored(_ action: sigaction) -> Bool {
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
