#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How a process ended.
public enum ExitStatus: Hashable, Sendable {
    /// It ended by itself; 0 means success.
    case exited(Int32)
    /// A signal ended it.
    case signalled(Int32)

    /// Whether it exited with 0.
    public var isSuccess: Bool { self == .exited(0) }

    /// Whether a signal ended it.
    public var isSignal: Bool { if case .signalled = self { true } else { false } }
}

extension ExitStatus: CustomStringConvertible {
    /// What happened, to follow a program's name: "exited with code 1", "was ended by SIGKILL".
    public var description: String {
        switch self {
        case .exited(0): "exited normally"
        case .exited(let code): "exited with code \(code)"
        case .signalled(let signal): "was ended by \(Self.names[signal] ?? "signal \(signal)")"
        }
    }

    private static let names = [
        SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
        SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1",
        SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM",
        SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
    ]
}
