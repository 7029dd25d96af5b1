#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Whether a child has ended and how, for everyone who waits for it.
///
/// An actor because the waiting and the ending meet here, and neither is in a hurry.
actor ChildExit {
    private var outcome: Result<ExitStatus, ChildProcessError>?
    private var waiting: [AsyncStream<Never>.Continuation] = []

    func end(_ outcome: Result<ExitStatus, ChildProcessError>) {
        self.outcome = outcome
        for signal in waiting { signal.finish() }
        waiting = []
    }

    /// Waits for the end; throws `CancellationError` when the task is cancelled first.
    func wait() async throws -> ExitStatus {
        if let outcome { return try outcome.get() }
        let (ended, signal) = AsyncStream<Never>.makeStream()
        waiting.append(signal)
        for await _ in ended {}
        guard let outcome else { throw CancellationError() }
        return try outcome.get()
    }

    /// Waits for the end, but not longer than `limit`; returns whether it came.
    func comes(within limit: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            // Either ends by cancellation once the other is done; how the child ended is asked below.
            group.addTask { _ = try? await self.wait() }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return outcome != nil
    }

    /// How the child `pid` ended, without taking its remains; `nil` when it runs.
    static func peek(_ pid: pid_t) -> ExitStatus? {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return nil }
        #if canImport(Darwin)
            let (child, value) = (info.si_pid, info.si_status)
        #else
            let (child, value) = (info._sifields._sigchld.si_pid, info._sifields._sigchld.si_status)
        #endif
        guard child == pid else { return nil }
        return info.si_code == CLD_EXITED ? .exited(value) : .signalled(value)
    }
}
