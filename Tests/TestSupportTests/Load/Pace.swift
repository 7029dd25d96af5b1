import Foundation
import JSONRPC

@testable import TestSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How fast the server answers.
struct Pace: CustomStringConvertible {
    var median: Duration
    var slowest: Duration
    /// With 16 calls on their way at a time.
    var perSecond: Double

    var description: String { "\(Int(perSecond)) calls/s; one at a time: median \(median), 99 % within \(slowest)" }

    /// Sends messages from this thread, which blocks.
    static func measure(_ telegram: FakeTelegram, _ chat: FakeChat, count: Int = 2000) throws -> Pace {
        let client = try APIClient(telegram)
        let request = client.request("sendMessage", ["chat_id": .integer(chat.id), "text": "Hello, world!"])
        let socket = LoopbackSocket.connect(to: telegram.port)
        defer { close(socket) }
        var answer = Answers(socket)
        var times: [Duration] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            guard LoopbackSocket.send(socket, request), answer.next() else { throw POSIXError(.EPIPE) }
            times.append(ContinuousClock.now - start)
        }
        times.sort()
        let depth = 16
        let start = ContinuousClock.now
        let batch = Array(repeatElement(request, count: depth).joined())
        for _ in 0..<count / depth {
            guard LoopbackSocket.send(socket, batch) else { throw POSIXError(.EPIPE) }
            for _ in 0..<depth where !answer.next() { throw POSIXError(.EPIPE) }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Pace(
            median: times[count / 2], slowest: times[count * 99 / 100],
            perSecond: Double(count / depth * depth) / seconds)
    }

    /// Takes one answer after the other.
    private struct Answers {
        private let socket: Int32
        private var bytes: [UInt8] = []

        init(_ socket: Int32) { self.socket = socket }

        mutating func next() -> Bool {
            while true {
                if let response = RawResponse(bytes) {
                    bytes.removeFirst(response.headLength + response.body.count)
                    return response.status == 200
                }
                let more = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                    count = max(0, LoopbackSocket.receive(socket, into: UnsafeMutableRawBufferPointer(buffer)))
                }
                guard !more.isEmpty else { return false }
                bytes += more
            }
        }
    }
}
