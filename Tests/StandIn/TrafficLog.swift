#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What came in and when, and when each turn was answered, as JSON lines appended to a file.
///
/// Times are `t_ns`, nanoseconds of the monotonic clock, which a measuring client reads too. The first line of a process
/// has `"dir":"start"` and its `pid`; received messages have `"dir":"in"` and stand whole under `message`; each
/// `turn/completed` sent has `"dir":"out"`.
struct TrafficLog {
    private let descriptor: Int32?

    /// A log into a file, made when missing; one that keeps nothing when `path` is nil.
    init(path: String?) {
        descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }
        precondition(descriptor.map { $0 >= 0 } ?? true, "STANDIN_LOG cannot be opened")
    }

    /// The monotonic clock, in nanoseconds.
    static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }

    func noteStart(mode: String) {
        let arguments = CommandLine.arguments.dropFirst().map(JSON.string)
        // The process before may have been killed within a line.
        if let descriptor { Output.writeAll([0x0a], to: descriptor) }
        append([
            "t_ns": .int(Self.now()), "dir": "start", "pid": .int(Int(getpid())), "mode": .string(mode),
            "arguments": .array(arguments),
        ])
    }

    /// Notes a message that was read at `time`; what is no JSON stands as text.
    func noteInput(_ message: JSON?, raw line: [UInt8], at time: Int) {
        guard descriptor != nil else { return }
        let method = message?["method"] ?? .null
        append([
            "t_ns": .int(time), "dir": "in", "method": method,
            "message": message ?? .string(String(decoding: line, as: UTF8.self)),
        ])
    }

    /// Notes that a turn was answered at `time`.
    func noteCompletion(of turn: String, status: String, at time: Int) {
        append([
            "t_ns": .int(time), "dir": "out", "method": "turn/completed", "turnId": .string(turn),
            "status": .string(status),
        ])
    }

    private func append(_ entry: JSON) {
        guard let descriptor else { return }
        Output.writeAll(entry.line + [0x0a], to: descriptor)
    }
}
