import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One connection to a server, on a thread of its own, which may wait in the middle of a request.
///
/// A class, because it owns the descriptors, and others wake it.
package final class HTTPCaller: Sendable {
    /// How a wait ended.
    package enum Waking: Hashable, Sendable {
        /// By ``HTTPCaller/wake()``, also when that was before the wait.
        case woken
        /// The time was over.
        case timedOut
        /// The client has gone, or the server stops.
        case gone
    }

    private struct State {
        /// `nil` once closed.
        var socket: Int32?
        /// Made for the first wait: most connections never wait.
        var bell: (reading: Int32, writing: Int32)?
        var isWoken = false
        /// Answers that are not sent yet.
        var pending: [UInt8] = []
    }

    private let state: Locked<State>

    init(_ socket: Int32) { state = Locked(State(socket: socket)) }

    deinit {
        state.withLock { state in
            if let socket = state.socket { close(socket) }
            if let (reading, writing) = state.bell {
                close(reading)
                close(writing)
            }
        }
    }

    /// Whether the client has closed its end.
    package var isGone: Bool { state.withLock { $0.socket.map(LoopbackSocket.isGone) ?? true } }

    /// Ends the current or else the next wait.
    package func wake() {
        state.withLock { state in
            // One byte is enough; more would fill the pair when the thread is slow to come.
            guard !state.isWoken else { return }
            state.isWoken = true
            if let bell = state.bell { _ = LoopbackSocket.send(bell.writing, [1]) }
        }
    }

    /// Waits to be woken, for at most `limit`; only for the thread of this connection.
    package func wait(_ limit: Duration) -> Waking {
        guard flush() else { return .gone }
        let (socket, waking, isWoken) = state.withLock { state -> (Int32?, Int32?, Bool) in
            defer { state.isWoken = false }
            if state.bell == nil { state.bell = LoopbackSocket.pair() }
            return (state.socket, state.bell?.reading, state.isWoken)
        }
        if isWoken { return .woken }
        guard let socket, let waking else { return .gone }
        let deadline = ContinuousClock.now + limit
        while true {
            let left = deadline - .now
            guard left > .zero else { return .timedOut }
            // Rounded up, so as not to spin through the last millisecond.
            let milliseconds = Int32(clamping: Int64(left / .milliseconds(1)) + 1)
            let (rang, isGone) = LoopbackSocket.wait(socket, waking: waking, milliseconds: milliseconds)
            if isGone { return .gone }
            // A byte may be left from an earlier wake that was noticed without it.
            if rang,
                state.withLock({ state in
                    defer { state.isWoken = false }
                    return state.isWoken
                })
            {
                return .woken
            }
        }
    }

    /// Ends the connection: the thread, wherever it waits, finds the client gone.
    func hangUp() {
        state.withLock { state in
            if let socket = state.socket { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Answers requests until either side is done; the thread's body.
    func serve(_ handler: (ServedRequest, HTTPCaller) -> HTTPAnswer) {
        defer { closeSocket() }
        var reader = HTTPRequestReader()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            switch reader.next() {
            case .needsMore:
                guard flush(), let socket = state.withLock(\.socket) else { return }
                let count = LoopbackSocket.receive(socket, into: buffer)
                guard count > 0 else { return }
                reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            case .saysContinue: add(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            case .bad(let status):
                add(ServedResponse(status: status, body: []).bytes(keepsAlive: false))
                _ = flush()
                return
            case .request(let request):
                guard deliver(handler(request, self), keepsAlive: request.keepsAlive) else {
                    _ = flush()
                    return
                }
            }
        }
    }

    /// Whether the connection goes on.
    private func deliver(_ answer: HTTPAnswer, keepsAlive: Bool) -> Bool {
        switch answer {
        case .response(let response): add(response.bytes(keepsAlive: keepsAlive))
        case .half(let response):
            let bytes = response.bytes(keepsAlive: true)
            add(Array(bytes.prefix(bytes.count - (response.body.count + 1) / 2)))
            return false
        case .stalled(let response):
            let bytes = response.bytes(keepsAlive: true)
            add(Array(bytes.prefix(bytes.count - (response.body.count + 1) / 2)))
            while wait(.seconds(60)) != .gone {}
            return false
        case .dripping(let response, let pause):
            let bytes = response.bytes(keepsAlive: true)
            add(Array(bytes.prefix(bytes.count - response.body.count)))
            for byte in response.body {
                add([byte])
                guard wait(pause) != .gone else { return false }
            }
        case .drop: return false
        }
        return keepsAlive
    }

    /// Keeps an answer until the client has no more to ask, so that a pipeline is answered in few packets.
    private func add(_ bytes: [UInt8]) {
        let isMuch = state.withLock { state in
            state.pending += bytes
            return state.pending.count > 256 << 10
        }
        if isMuch { _ = flush() }
    }

    /// Sends the kept answers; whether the client still took them.
    private func flush() -> Bool {
        let (socket, bytes) = state.withLock { state in
            defer { state.pending = [] }
            return (state.socket, state.pending)
        }
        guard let socket else { return false }
        return bytes.isEmpty || LoopbackSocket.send(socket, bytes)
    }

    private func closeSocket() {
        let socket = state.withLock { state in
            defer { state.socket = nil }
            return state.socket
        }
        // Not while the lock is held, and only here and in `deinit`, so that the number is not reused while it is read.
        if let socket { close(socket) }
    }
}
