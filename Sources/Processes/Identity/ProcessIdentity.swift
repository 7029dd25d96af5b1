internal import CProcess

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One process for good: its number, which the system gives to others later, and when it started.
///
/// As text it is `PID:START@BOOT`, which is what records keep.
public struct ProcessIdentity: Hashable, Sendable {
    /// Its number.
    public let pid: Int32
    /// When it started: clock ticks since the system's start on Linux, microseconds since 1970 on macOS.
    public let startTime: UInt64
    /// Which run of the system `startTime` and `pid` belong to.
    public let boot: String

    /// An identity as it was told or made up; whether there is such a process shows later.
    public init(pid: Int32, startTime: UInt64, boot: String = ProcessIdentity.currentBoot) {
        self.pid = pid
        self.startTime = startTime
        self.boot = boot
    }

    /// The process that has this number now, also one that has ended and waits for its parent to notice.
    ///
    /// `nil` when there is none.
    public init?(of pid: Int32) {
        guard let entry = ProcessTable.Entry(of: pid) else { return nil }
        self = entry.identity
    }

    /// This process.
    public static let current = ProcessIdentity(of: getpid()) ?? ProcessIdentity(pid: getpid(), startTime: 0)

    /// The run of the system that is under way.
    public static let currentBoot: String = {
        // Where the system has no such file, a start time is one since 1970 and tells runs apart by itself.
        let bytes = ProcessFile.read("/proc/sys/kernel/random/boot_id") ?? []
        return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
    }()

    /// Whether exactly this process runs.
    ///
    /// One that has ended does not, even while its parent has yet to notice.
    public var isRunning: Bool {
        guard boot == Self.currentBoot, let entry = ProcessTable.Entry(of: pid) else { return false }
        return entry.identity == self && !entry.hasEnded
    }

    /// Sends a signal to exactly this process, never to another that was given its number.
    ///
    /// - Returns: Whether it was sent: not when the process is gone, or may not be signalled.
    @discardableResult public func signal(_ number: Int32) -> Bool {
        // 0 and below would mean groups, 1 the system.
        guard pid > 1, boot == Self.currentBoot else { return false }
        let process = cprocess_open(pid)
        guard process >= 0 else {
            // Without such descriptors a moment remains between the look and the signal.
            guard errno == ENOSYS || errno == EPERM, isRunning else { return false }
            return kill(pid, number) == 0
        }
        defer { close(process) }
        // Only now: the descriptor stays with the process it was opened for, whatever becomes of the number.
        guard isRunning else { return false }
        return cprocess_send_signal(process, number) == 0
    }
}

extension ProcessIdentity: LosslessStringConvertible {
    /// `PID:START@BOOT`.
    public var description: String { "\(pid):\(startTime)@\(boot)" }

    /// Reads what `description` says; `nil` for anything else.
    public init?(_ description: String) {
        let halves = description.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, numbers.count == 2, let pid = Int32(numbers[0]), pid > 0,
            let startTime = UInt64(numbers[1])
        else { return nil }
        self.init(pid: pid, startTime: startTime, boot: String(halves[1]))
    }
}

extension ProcessIdentity: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let identity = ProcessIdentity(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no identity of a process: \(text)")
        }
        self = identity
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
