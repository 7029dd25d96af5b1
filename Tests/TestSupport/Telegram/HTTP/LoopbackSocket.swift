#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The system calls for TCP on this machine, each descriptor closed on exec.
enum LoopbackSocket {
    #if canImport(Darwin)
        private static let stream = SOCK_STREAM
        private static let quiet: Int32 = 0
        private static let hungUp = Int16(POLLHUP)
    #else
        // Closed on exec from the first moment: tests start children at any time.
        private static let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        private static let quiet = Int32(MSG_NOSIGNAL)
        /// POLLRDHUP, for which Swift has no name: the peer has closed, even while bytes of it are unread.
        private static let hungUp = Int16(0x2000)
    #endif

    /// A socket that listens on `port` of 127.0.0.1, any free one for 0, and that port; `nil` and errno on failure.
    static func listen(on port: UInt16) -> (socket: Int32, port: UInt16)? {
        let number = prepared(socket(AF_INET, stream, 0))
        guard number >= 0 else { return nil }
        var on: Int32 = 1
        setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = loopback(port)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) == 0 }
        }
        #if canImport(Darwin)
            let isListening = isBound && Darwin.listen(number, 1024) == 0
        #else
            let isListening = isBound && Glibc.listen(number, 1024) == 0
        #endif
        guard isListening else {
            close(number)
            return nil
        }
        var size = length
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(number, $0, &size) }
        }
        return (number, UInt16(bigEndian: address.sin_port))
    }

    /// A connection to `port` of 127.0.0.1; -1 and errno on failure.
    static func connect(to port: UInt16) -> Int32 {
        let number = prepared(socket(AF_INET, stream, 0))
        guard number >= 0 else { return -1 }
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Darwin)
                    Darwin.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                #else
                    Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                #endif
            }
        }
        if result == 0 { return number }
        close(number)
        return -1
    }

    /// The next client; -1 and errno on failure.
    static func accept(_ listening: Int32) -> Int32 {
        #if canImport(Darwin)
            prepared(Darwin.accept(listening, nil, nil))
        #else
            prepared(Glibc.accept(listening, nil, nil))
        #endif
    }

    /// Two ends of which writing to one wakes who waits for the other; `nil` and errno on failure.
    static func pair() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, stream, 0, &ends) == 0 else { return nil }
        return (prepared(ends[0]), prepared(ends[1]))
    }

    /// Appends what has arrived, waiting for it; the count, 0 at the end, or -1 and errno.
    static func receive(_ socket: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Sends all of `bytes`, waiting as long as it takes; whether the peer still took them.
    static func send(_ socket: Int32, _ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while !rest.isEmpty {
                let slice = UnsafeRawBufferPointer(rebasing: rest)
                #if canImport(Darwin)
                    let count = Darwin.send(socket, slice.baseAddress, slice.count, quiet)
                #else
                    let count = Glibc.send(socket, slice.baseAddress, slice.count, quiet)
                #endif
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// Whether the peer has closed its end.
    static func isGone(_ socket: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: hungUp, revents: 0)
        return poll(&entry, 1, 0) > 0
    }

    /// Waits until `waking` has bytes, which are taken, or the peer of `socket` closes, at most `milliseconds`.
    static func wait(_ socket: Int32, waking: Int32, milliseconds: Int32) -> (isWoken: Bool, isGone: Bool) {
        var entries = [
            pollfd(fd: waking, events: Int16(POLLIN), revents: 0), pollfd(fd: socket, events: hungUp, revents: 0),
        ]
        guard poll(&entries, 2, milliseconds) > 0 else { return (false, false) }
        if entries[0].revents != 0 {
            var bytes: (UInt64, UInt64) = (0, 0)
            _ = recv(waking, &bytes, 16, 0)
        }
        return (entries[0].revents != 0, entries[1].revents != 0)
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func prepared(_ socket: Int32) -> Int32 {
        guard socket >= 0 else { return socket }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        #if canImport(Darwin)
            setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        return socket
    }
}
