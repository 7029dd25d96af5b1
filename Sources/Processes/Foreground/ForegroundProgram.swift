internal import CProcess
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A program that has a terminal for itself until it ends.
///
/// It leads a process group of its own in the terminal's foreground, where ^C reaches it and not this process, which
/// meanwhile leaves the terminal alone. It is not to be suspended: nobody could continue it, so that is done at once.
/// Others in its group, for example of a script that starts the real editor, are continued along with it.
///
/// A class with a lock, because a thread of its own waits for the end.
public final class ForegroundProgram: Sendable {
    private struct State {
        var status: ExitStatus?
        /// What its group was told to end by.
        var order: Int32?
        /// Whether the terminal is not its any more, whatever becomes of it.
        var isGivenUp = false
    }

    private let pid: pid_t
    /// The terminal; nil when it is not this process's to give away.
    private let terminal: Int32?
    private let state = Locked(State())

    /// Starts the program at `path`, with the terminal behind `input` and `output` as its three streams and no other
    /// descriptor.
    ///
    /// `ended` is called on a thread of its own when ``status`` is known, and the terminal is this process's again.
    public init(
        _ path: String, arguments: [String], environment: [String: String], input: Int32, output: Int32,
        ended: @escaping @Sendable () -> Void
    ) throws(ChildProcessError) {
        SignalDispositions.areSet
        terminal = tcgetpgrp(input) == getpgrp() ? input : nil
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        let failure = cprocess_spawn_at_terminal(
            &pid, path, words, variables, input, output, terminal == nil ? 0 : 1)
        self.pid = pid
        guard failure == 0 else {
            // The child may have come as far as taking the terminal.
            takeTerminalBack()
            throw ChildProcessError(.notStarted, path, errno: failure)
        }
        let isWatched = DetachedThread.start {
            self.watch()
            ended()
        }
        guard !isWatched else { return }
        end(by: SIGKILL)
        reap()
        throw ChildProcessError(.notStarted, path, errno: EAGAIN)
    }

    /// How it ended; nil while it runs.
    public var status: ExitStatus? { state.withLock(\.status) }

    /// Sends its group SIGTERM or SIGKILL; nothing once it has ended.
    ///
    /// It then counts as ended when nobody of its group is left, and after SIGKILL when it has ended itself.
    public func end(by signal: Int32) {
        state.withLock { state in
            guard state.status == nil else { return }
            state.order = signal
            // As long as it is not reaped, its number is nobody else's.
            kill(-pid, signal)
        }
    }

    /// Takes the terminal back for good although it has not ended, for example because it is another user's.
    public func takeTerminalBack() {
        state.withLock { state in
            state.isGivenUp = true
            lend(to: getpgrp())
        }
    }

    private func watch() {
        while true {
            var news = siginfo_t()
            if waitid(P_PID, id_t(pid), &news, WEXITED | WSTOPPED | WNOWAIT) != 0, errno == EINTR { continue }
            guard news.si_code == CLD_STOPPED else { break }
            waitid(P_PID, id_t(pid), &news, WSTOPPED | WNOHANG)
            state.withLock { state in
                guard !state.isGivenUp else { return }
                lend(to: pid)
                kill(-pid, SIGCONT)
            }
        }
        // Nothing tells of the end of a process that is nobody's child here.
        while state.withLock({ $0.order == SIGTERM }), hasCompany { usleep(10_000) }
        reap()
    }

    /// Whether others of its group run.
    private var hasCompany: Bool {
        ProcessTable().entries.values.contains { $0.group == pid && $0.pid != pid && !$0.hasEnded }
    }

    /// Takes note of its end, and the terminal back.
    private func reap() {
        state.withLock { state in
            // Whoever was started while the table was read.
            if state.order != nil { kill(-pid, SIGKILL) }
            if !state.isGivenUp { lend(to: getpgrp()) }
            var raw: Int32 = 0
            while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
            let number = raw & 0x7f
            state.status = number == 0 ? .exited(raw >> 8 & 0xff) : .signalled(number)
        }
    }

    /// Puts a process group into the terminal's foreground.
    private func lend(to group: pid_t) {
        guard let terminal else { return }
        // A process in the background is stopped for that otherwise.
        var (only, before) = (sigset_t(), sigset_t())
        sigemptyset(&only)
        sigaddset(&only, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &only, &before)
        tcsetpgrp(terminal, group)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
