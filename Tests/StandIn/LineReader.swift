#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The lines of standard input, with a bound on the wait for each.
struct LineReader {
    /// What came of a wait.
    enum Outcome {
        /// A line without its end; a last one without an end counts.
        case line([UInt8])
        /// The wait was over first.
        case nothing
        /// There is no more input.
        case ended
    }

    private var buffer: [UInt8] = []
    private var searched = 0
    private var hasEnded = false

    /// The next line; waits for ever when `limit` is nil.
    mutating func next(within limit: Duration?) -> Outcome {
        let deadline = limit.map { ContinuousClock.now + $0 }
        while true {
            if let line = takeLine() { return .line(line) }
            if hasEnded { return .ended }
            guard isReadable(before: deadline) else { return .nothing }
            fill()
        }
    }

    private mutating func takeLine() -> [UInt8]? {
        guard let end = buffer[searched...].firstIndex(of: 0x0a) else {
            searched = buffer.count
            guard hasEnded, !buffer.isEmpty else { return nil }
            defer { buffer = [] }
            searched = 0
            return buffer
        }
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        searched = 0
        return line
    }

    private func isReadable(before deadline: ContinuousClock.Instant?) -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while true {
            let left = deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
            // Rounded up: a wait that ends early would spin.
            let milliseconds = left.map { Int32(($0 / .milliseconds(1)).rounded(.up)) } ?? -1
            let count = poll(&descriptor, 1, milliseconds)
            if count >= 0 { return count > 0 }
            precondition(errno == EINTR, "poll failed with \(errno)")
        }
    }

    private mutating func fill() {
        let size = 65_536
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { space, filled in
            repeat { count = read(STDIN_FILENO, space.baseAddress, size) } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        buffer += bytes
        hasEnded = count <= 0
    }
}
