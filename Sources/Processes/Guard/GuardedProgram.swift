#if os(Linux)
    internal import CProcess
    import Glibc

    /// A guard at work: one thread that waits for the core's end, for signals, and for the ends of children.
    ///
    /// Without Swift's concurrency and without Foundation: there is one such process per agent.
    struct GuardedProgram {
        private let call: GuardCall
        private let record: RecordFile
        private var plan: GuardPlan
        /// A descriptor that becomes readable when the core ends; -1 when the system has no such.
        private var core: Int32 = -1
        /// From which the blocked signals are read.
        private var signals: Int32 = -1
        private var program: pid_t = 0
        /// How the program has ended; `nil` while it runs.
        private var status: ExitStatus?
        private var isOrdered = false

        init(_ call: GuardCall) {
            self.call = call
            record = RecordFile(path: call.record)
            plan = GuardPlan(grace: call.grace)
        }

        /// Runs the program to its end and that of all it started; returns what to exit with.
        mutating func run() -> Int32 {
            blockSignals()
            cprocess_set_name("cm-guard")
            cprocess_become_subreaper()
            core = cprocess_open(call.core.pid)
            // Only now, as the descriptor is that of whoever has the number.
            guard call.core.isRunning, tell("guard \(ProcessIdentity.current)") else { return end(127) }
            let failure = start()
            guard failure == 0 else {
                _ = tell("failed \(failure)")
                return end(127)
            }
            closeStreams()
            // Nobody has taken note of its end yet, so it is there. A core that is not told would wait for ever.
            isOrdered = !(ProcessIdentity(of: program).map { tell("program \($0)") } ?? false)
            watch()
            return end(127)
        }

        // MARK: Start

        /// Makes all signals wait to be read: none may end the guard before its tree, or stop it.
        private mutating func blockSignals() {
            var all = sigset_t()
            sigfillset(&all)
            sigprocmask(SIG_BLOCK, &all, nil)
            var read = sigset_t()
            sigemptyset(&read)
            sigaddset(&read, SIGTERM)
            sigaddset(&read, SIGCHLD)
            signals = cprocess_open_signals(&read)
        }

        /// Starts the program with default signals and none blocked; returns the error number.
        private mutating func start() -> Int32 {
            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            var none = sigset_t()
            sigemptyset(&none)
            var all = sigset_t()
            sigfillset(&all)
            posix_spawnattr_setsigmask(&attributes, &none)
            posix_spawnattr_setsigdefault(&attributes, &all)
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
            var arguments = ([call.program] + call.arguments).map { strdup($0) } + [nil]
            defer { for argument in arguments { free(argument) } }
            return posix_spawn(&program, call.program, nil, &attributes, &arguments, environ)
        }

        /// Lets go of the program's streams, so that their ends mean what they would without a guard.
        private func closeStreams() {
            let null = open("/dev/null", O_RDWR | O_CLOEXEC)
            for stream in STDIN_FILENO...STDERR_FILENO {
                if null >= 0 { dup2(null, stream) } else { close(stream) }
            }
            if null > STDERR_FILENO { close(null) }
        }

        /// Adds a line to the record; returns whether that went well.
        private func tell(_ line: String) -> Bool {
            do {
                try record.append(line)
                return true
            } catch {
                return false
            }
        }

        // MARK: Watch

        private mutating func watch() {
            while takeNote() {
                switch plan.step(at: .now, isOrdered: isOrdered, isProgramOver: status != nil) {
                case .wait(let limit): wait(limit)
                case .ask:
                    signal(SIGTERM)
                    // One that is stopped hears nothing else.
                    signal(SIGCONT)
                case .kill(let pause):
                    signal(SIGKILL)
                    wait(pause)
                case .leave: return
                }
            }
        }

        /// Takes note of the children that have ended; returns whether there are any others.
        private mutating func takeNote() -> Bool {
            while true {
                var info = siginfo_t()
                guard waitid(P_ALL, 0, &info, WEXITED | WNOHANG) == 0 else { return errno != ECHILD }
                let (child, value) = (info._sifields._sigchld.si_pid, info._sifields._sigchld.si_status)
                if child == 0 { return true }
                if child == program { status = info.si_code == CLD_EXITED ? .exited(value) : .signalled(value) }
            }
        }

        private mutating func wait(_ limit: Duration?) {
            var limit = limit.map { Int32(min($0 / .milliseconds(1), 60_000).rounded(.up)) } ?? -1
            // Without a descriptor of the core its end has to be looked for.
            let isLooking = core < 0 && !isOrdered
            if isLooking { limit = limit < 0 ? 500 : min(limit, 500) }
            // The end of the core is news only once.
            var events = [
                pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOrdered ? -1 : core, events: Int16(POLLIN), revents: 0),
            ]
            poll(&events, nfds_t(events.count), limit)
            if events[1].revents != 0 || (isLooking && !call.core.isRunning) { isOrdered = true }
            var sender: pid_t = 0
            while case let number = cprocess_next_signal(signals, &sender), number != 0 {
                if number == SIGTERM, !isFromBelow(sender) { isOrdered = true }
            }
        }

        /// Whether a signal was meant for the program's group, by itself or something it started.
        private func isFromBelow(_ sender: pid_t) -> Bool {
            ProcessTable().descendants(of: getpid()).contains { $0.pid == sender }
        }

        private func signal(_ number: Int32) {
            for process in ProcessTable().descendants(of: getpid()) { process.identity.signal(number) }
        }

        // MARK: End

        /// Ends as the program did; returns `code` when that is unknown.
        private func end(_ code: Int32) -> Int32 {
            // Nobody is left to remove it.
            if !call.core.isRunning, !hasChildren { record.remove() }
            switch status {
            case .exited(let code): return code
            case .signalled(let number):
                // The program has left its own dump, where it does.
                cprocess_leave_no_core()
                Glibc.signal(number, SIG_DFL)
                kill(getpid(), number)
                var only = sigset_t()
                sigemptyset(&only)
                sigaddset(&only, number)
                sigprocmask(SIG_UNBLOCK, &only, nil)
                return 128 + number
            case nil: return code
            }
        }

        private var hasChildren: Bool {
            var info = siginfo_t()
            return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0
        }
    }
#endif
