import Foundation
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a client sent.
struct LoopbackRequest: Sendable {
    /// Which of the server's connections it came on.
    var connection: Int
    var line: String
    /// The header without the first line.
    var header: String
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }
    var path: String { String(line.split(separator: " ").dropFirst().first ?? "") }
}

/// One connection of a ``LoopbackServer``.
///
/// A class with a lock, because the script uses it while the server may end it. Sendable unchecked: `pending` is the
/// script's alone, and `note` is set before the script begins.
final class LoopbackConnection: @unchecked Sendable {
    struct Ended: Error {}

    let index: Int
    var note: @Sendable (LoopbackRequest) -> Void = { _ in }
    private var pending = Data()
    private let number: Locked<Int32?>

    init(_ number: Int32, index: Int) {
        self.number = Locked(number)
        self.index = index
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(number, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    /// The next request, read to its end; `nil` when the client has closed.
    func request() throws -> LoopbackRequest? {
        guard let head = try head() else { return nil }
        let lines = head.components(separatedBy: "\r\n")
        let fields = lines.dropFirst().map { $0.lowercased() }
        var body = Data()
        if let length = fields.first(where: { $0.hasPrefix("content-length:") }) {
            let count = Int(length.dropFirst(15).trimmingCharacters(in: .whitespaces)) ?? 0
            while pending.count < count { try fill() }
            body = Data(pending.prefix(count))
            pending = Data(pending.dropFirst(count))
        }
        let request = LoopbackRequest(
            connection: index, line: lines[0], header: lines.dropFirst().joined(separator: "\n"), body: body)
        note(request)
        return request
    }

    /// The header of the next request, up to the empty line; `nil` when the client has closed.
    func head() throws -> String? {
        while true {
            if let end = pending.range(of: Data("\r\n\r\n".utf8)) {
                let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
                pending = Data(pending[end.upperBound...])
                return head
            }
            guard pending.isEmpty else {
                try fill()
                continue
            }
            guard (try? fill()) != nil else { return nil }
        }
    }

    /// Reads what has come, and forgets it; returns how much it was.
    func readSome() throws -> Int {
        if pending.isEmpty { try fill() }
        defer { pending = Data() }
        return pending.count
    }

    func write(_ text: String) throws { try write(Data(text.utf8)) }

    func write(_ bytes: Data) throws {
        var rest = bytes[...]
        while !rest.isEmpty { rest = rest.dropFirst(try writeSome(rest)) }
    }

    /// Writes what there is room for, and waits only when there is none; returns how much that was.
    func writeSome(_ bytes: Data) throws -> Int {
        guard let number = number.withLock({ $0 }) else { throw Ended() }
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        let count = bytes.withUnsafeBytes { send(number, $0.baseAddress, $0.count, flags) }
        guard count > 0 else { throw Ended() }
        return count
    }

    /// Returns when the client has closed, whatever it still sends.
    func untilClosed() { while (try? fill()) != nil { pending = Data() } }

    /// Closes; the client reads the end, after everything written.
    func close() {
        let number = number.withLock { number in
            defer { number = nil }
            return number
        }
        if let number { _ = systemClose(number) }
    }

    /// Closes so that the client is told of an error.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        number.withLock { number in
            if let number { setsockopt(number, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size)) }
        }
        close()
    }

    /// Makes all that the script waits for fail.
    func shutDown() { number.withLock { if let number = $0 { _ = systemShutdown(number) } } }

    private func fill() throws {
        guard let number = number.withLock({ $0 }) else { throw Ended() }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(number, &buffer, buffer.count, 0)
        guard count > 0 else { throw Ended() }
        pending.append(contentsOf: buffer[..<count])
    }
}

private func systemClose(_ number: Int32) -> Int32 { close(number) }

private func systemShutdown(_ number: Int32) -> Int32 { shutdown(number, Int32(SHUT_RDWR)) }
