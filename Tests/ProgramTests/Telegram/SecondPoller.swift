import Foundation
import TestSupport

/// Another program that polls with the same token, as a copy that somebody has forgotten.
///
/// It asks again at once, whatever it is answered, and confirms nothing.
///
/// A class with a thread of its own; it ends with ``stop()`` or the last reference.
final class SecondPoller: Sendable {
    private struct State: Sendable {
        var isOver = false
        var descriptor: Int32 = -1
    }

    private let state = Watched(State())

    /// Begins to poll.
    init(_ telegram: FakeTelegram) {
        let (port, token, state) = (telegram.port, telegram.token, state)
        Thread.detachNewThread {
            while let status = Self.poll(port, token, state) {
                // What was told is told again at once: a copy with work to do does not ask as fast as it can.
                if status == 200 { usleep(50_000) }
            }
        }
    }

    deinit { stop() }

    /// Ends it for good, in the middle of a poll.
    func stop() {
        state.change { state in
            state.isOver = true
            if state.descriptor >= 0 { shutdown(state.descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Asks once; nil when that is over.
    private static func poll(_ port: UInt16, _ token: String, _ state: Watched<State>) -> Int? {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        state.change { $0.descriptor = descriptor }
        defer { state.change { $0.descriptor = -1 } }
        guard isConnected, !state.value.isOver else { return nil }
        let request = Array(
            "GET /bot\(token)/getUpdates?timeout=50 HTTP/1.1\r\nHost: telegram\r\nConnection: close\r\n\r\n".utf8)
        guard write(descriptor, request, request.count) == request.count else { return nil }
        var answer: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        guard !state.value.isOver else { return nil }
        let words = String(decoding: answer.prefix(64), as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }
}
