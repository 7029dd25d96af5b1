#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Tells the service manager, systemd, how this process is doing.
///
/// By its own protocol (`sd_notify(3)`): a datagram of lines, sent to the socket that `NOTIFY_SOCKET` names. Children
/// that should not speak for this process are started without that variable.
public struct ServiceNotifier: Sendable {
    /// What the service manager can be told.
    public enum Message: Hashable, Sendable {
        /// The service has started.
        case ready
        /// The service has begun to stop.
        case stopping
        /// What the service is doing, for people; a text of several lines becomes one.
        case status(String)
        /// The service is alive.
        case watchdog
        /// The start, or the stop, may take that much longer from now on.
        case extend(Duration)

        var line: String {
            switch self {
            case .ready: "READY=1"
            case .stopping: "STOPPING=1"
            case .status(let text):
                "STATUS="
                    + text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline).joined(separator: " ")
            case .watchdog: "WATCHDOG=1"
            case .extend(let time): "EXTEND_TIMEOUT_USEC=\(Int64(time / .microseconds(1)))"
            }
        }
    }

    /// How long the service manager waits for the next ``Message/watchdog``; `nil` when it does not watch this process.
    ///
    /// Half of it is a good interval.
    public let watchdogInterval: Duration?
    private let address: SocketAddress

    /// The manager that `environment` names; `nil` when it names none, or none that can be reached this way.
    public init?(environment: [String: String]) {
        guard let name = environment["NOTIFY_SOCKET"], let address = Self.address(of: name) else { return nil }
        self.address = address
        watchdogInterval = Self.watchdogInterval(in: environment)
    }

    /// Sends `messages` in one datagram, without ever waiting.
    ///
    /// - Returns: Whether the system took it; a manager that is not there, or does not read, is no reason to fail.
    @discardableResult public func send(_ messages: Message...) -> Bool {
        guard case .success(let number) = SystemSocket.open(.datagram) else { return false }
        let text = messages.map(\.line).joined(separator: "\n")
        let outcome = Descriptor(number).use { SystemSocket.send($0, Array(text.utf8), to: address) }
        if case .success = outcome { return true }
        return false
    }

    private static func address(of name: String) -> SocketAddress? {
        switch name.first {
        case "@": SocketAddress(abstract: String(name.dropFirst()))
        // A path that cannot be an address cannot be reached.
        case "/": try? SocketAddress(path: name)
        default: nil
        }
    }

    private static func watchdogInterval(in environment: [String: String]) -> Duration? {
        if let process = environment["WATCHDOG_PID"], process != String(getpid()) { return nil }
        guard let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init), microseconds > 0 else { return nil }
        return .microseconds(microseconds)
    }
}
