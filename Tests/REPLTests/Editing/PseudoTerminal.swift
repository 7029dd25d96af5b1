import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@testable import REPL

/// A terminal with a person at it: what they type, and what is on their screen.
final class PseudoTerminal {
    private(set) var screen: VirtualScreen
    /// Everything that was written to the terminal so far.
    private(set) var output: [UInt8] = []
    private(set) var device: TerminalDevice
    private var main: Int32
    private let replica: Int32

    init(columns: Int = 60, rows: Int = 20) throws {
        var replica: Int32 = -1
        main = -1
        try #require(openpty(&main, &replica, nil, nil, nil) == 0)
        self.replica = replica
        // O_NONBLOCK on our side only; neither may leak into a child of another test.
        _ = fcntl(main, F_SETFL, O_NONBLOCK)
        _ = fcntl(main, F_SETFD, FD_CLOEXEC)
        _ = fcntl(replica, F_SETFD, FD_CLOEXEC)
        screen = VirtualScreen(columns: columns, rows: rows)
        device = TerminalDevice(input: replica, output: replica)
        setSize(columns: columns, rows: rows)
    }

    deinit {
        if main >= 0 { close(main) }
        close(replica)
    }

    var modes: termios {
        var modes = termios()
        tcgetattr(replica, &modes)
        return modes
    }

    func resize(columns: Int, rows: Int) {
        drain()
        screen.resize(columns: columns, rows: rows)
        setSize(columns: columns, rows: rows)
    }

    func hangUp() {
        close(main)
        main = -1
    }

    /// Types all of it; what the editor writes meanwhile is taken, so that neither side waits for the other.
    func type(_ text: String) async throws {
        try await type(Array(text.utf8))
    }

    func type(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        let deadline = ContinuousClock.now + .seconds(40)
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(main, $0.baseAddress, min($0.count, 1024)) }
            if count > 0 { rest = rest.dropFirst(count) } else { await pause() }
            drain()
            try #require(ContinuousClock.now < deadline, "the editor does not read")
        }
    }

    /// Waits until the screen is as described.
    func wait(
        _ description: Comment, at location: SourceLocation = #_sourceLocation,
        until isReached: (VirtualScreen) -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        drain()
        while !isReached(screen) {
            guard ContinuousClock.now < deadline else {
                Issue.record("\(description), but: \(screen.text) \(screen.cursor)", sourceLocation: location)
                throw CancellationError()
            }
            await pause()
            drain()
        }
    }

    func wait(forLines lines: [String], at location: SourceLocation = #_sourceLocation) async throws {
        try await wait("expected \(lines)", at: location) { $0.text == lines }
    }

    /// Lets other tasks run, and returns early when there is output.
    private func pause() async {
        var source = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
        _ = poll(&source, 1, 5)
        await Task.yield()
    }

    private func drain() {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(main, &bytes, bytes.count)
            guard count > 0 else { return }
            output += bytes[..<count]
            screen.write(bytes[..<count])
        }
    }

    private func setSize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(main, UInt(TIOCSWINSZ), &size)
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
