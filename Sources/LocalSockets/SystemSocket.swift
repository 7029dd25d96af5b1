#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The system's calls on sockets, none of which blocks, alike on every system.
enum SystemSocket {
    /// What a call came to.
    enum Outcome<Value> {
        case success(Value)
        case failure(errno: Int32)
    }

    enum Kind { case stream, datagram }

    /// A new socket, closed on exec; the caller's to close.
    static func open(_ kind: Kind) -> Outcome<Int32> {
        #if canImport(Darwin)
            let type = kind == .stream ? SOCK_STREAM : SOCK_DGRAM
        #else
            let type = Int32((kind == .stream ? SOCK_STREAM : SOCK_DGRAM).rawValue)
        #endif
        return prepared(socket(AF_UNIX, type, 0))
    }

    /// The next client of a listening socket, closed on exec; the caller's to close.
    static func accept(_ listening: Int32) -> Outcome<Int32> {
        #if canImport(Darwin)
            prepared(Darwin.accept(listening, nil, nil))
        #else
            prepared(Glibc.accept(listening, nil, nil))
        #endif
    }

    /// Connects at once or not at all.
    static func connect(_ socket: Int32, to address: SocketAddress) -> Outcome<Int32> {
        // A Unix socket's connection is made, or refused, before the call returns, even when it is interrupted.
        address.withPointer { address, length in
            #if canImport(Darwin)
                outcome(Darwin.connect(socket, address, length))
            #else
                outcome(Glibc.connect(socket, address, length))
            #endif
        }
    }

    /// What has arrived, up to `limit` bytes; none at the end.
    static func receive(_ socket: Int32, atMost limit: Int) -> Outcome<[UInt8]> {
        withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { buffer in
            switch outcome(recv(socket, buffer.baseAddress, limit, 0)) {
            case .success(let count): .success(Array(buffer.prefix(count)))
            case .failure(let errno): .failure(errno: errno)
            }
        }
    }

    /// Sends the first of `bytes`, and says how many those were.
    static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Outcome<Int> {
        #if canImport(Darwin)
            // The signal is turned off when the socket is made.
            outcome(Darwin.send(socket, bytes.baseAddress, bytes.count, 0))
        #else
            outcome(Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
        #endif
    }

    /// Sends a datagram, whole, to `address`, or fails.
    static func send(_ socket: Int32, _ bytes: [UInt8], to address: SocketAddress) -> Outcome<Int> {
        address.withPointer { address, length in
            #if canImport(Darwin)
                outcome(sendto(socket, bytes, bytes.count, MSG_DONTWAIT, address, length))
            #else
                outcome(
                    sendto(
                        socket, bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL), address, length))
            #endif
        }
    }

    /// Ends what this side writes; the other reads end-of-file.
    static func shutDownWriting(_ socket: Int32) { shutdown(socket, Int32(SHUT_WR)) }

    private static func outcome<Value: SignedInteger>(_ result: Value) -> Outcome<Value> {
        result < 0 ? .failure(errno: errno) : .success(result)
    }

    private static func prepared(_ socket: Int32) -> Outcome<Int32> {
        // Not in one step with making it, for which Swift has no names. A child that is started in between does not
        // get it either: all of ours are started without any descriptor but their three.
        var isReady =
            socket >= 0 && fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 && fcntl(socket, F_SETFL, O_NONBLOCK) == 0
        #if canImport(Darwin)
            // Elsewhere each call says so itself.
            var on: Int32 = 1
            isReady =
                isReady && setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size)) == 0
        #endif
        if isReady { return .success(socket) }
        let reason = errno
        if socket >= 0 { close(socket) }
        return .failure(errno: reason)
    }
}
