#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Rows and columns of a terminal.
struct TerminalSize: Equatable, Sendable {
    var rows = 24
    var columns = 80
}

/// A terminal, by the descriptors it is read and written through.
///
/// It does not own them.
struct TerminalDevice: Sendable {
    let input: Int32
    let output: Int32

    enum Reading: Equatable {
        case bytes([UInt8])
        /// Nothing was there after all.
        case nothing
        /// No more will come: end of file, or the terminal is gone.
        case end
    }

    enum Readiness: Equatable {
        case input
        case woken
        case timedOut
    }

    /// The size now, or 24 × 80 when the terminal does not know it.
    var size: TerminalSize {
        var size = winsize()
        let isKnown = ioctl(output, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 && size.ws_col > 0
        guard isKnown else { return TerminalSize() }
        // One column cannot hold a wide character.
        return TerminalSize(rows: Int(size.ws_row), columns: max(2, Int(size.ws_col)))
    }

    /// Waits for input or for `pipe`; being woken counts first.
    ///
    /// A nil time-out waits for ever.
    func wait(wokenBy pipe: WakePipe, milliseconds: Int32? = nil) -> Readiness {
        var sources = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&sources, nfds_t(sources.count), milliseconds ?? -1)
            if count < 0, errno == EINTR { continue }
            if count == 0 { return .timedOut }
            // A hang-up and an error count as input: reading tells which.
            return sources[1].revents != 0 ? .woken : .input
        }
    }

    /// What can be read without waiting, up to 64 KiB; call it when `wait` reported input.
    func readAvailable() -> Reading {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(input, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return .nothing }
        return count > 0 ? .bytes(Array(bytes[..<count])) : .end
    }

    /// Drops what was typed and not read yet.
    func dropInput() {
        tcflush(input, TCIFLUSH)
    }

    /// Writes all of it, waiting where the terminal is slow; what a vanished terminal does not take is lost.
    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(output, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var sink = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                _ = poll(&sink, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
