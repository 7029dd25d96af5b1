import Foundation

/// A connection to the core's socket over which a test says what it likes.
///
/// A class, because its end closes the connection; what is sent is written by a queue as the core takes it.
final class RawConnection: Sendable {
    struct Refused: Error { let number: Int32 }

    /// An answer, as far as tests look at it.
    struct Answer: Decodable, Sendable {
        struct Failure: Decodable, Sendable {
            var code: Int
            var message: String
        }

        struct Result: Decodable, Sendable {
            var role: String?
            var text: String?
        }

        var id: Int?
        var result: Result?
        var error: Failure?
    }

    /// What the core says.
    let output: Transcript
    private let socket: Int32
    private let queue = DispatchQueue(label: "connection")

    init(to path: String) throws {
        socket = try Self.connect(to: path)
        output = Transcript(reading: try Spawn.duplicate(socket))
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// Connects, and returns the descriptor, which is the caller's.
    static func connect(to path: String) throws -> Int32 {
        #if canImport(Darwin)
            let type = SOCK_STREAM
        #else
            let type = Int32(SOCK_STREAM.rawValue)
        #endif
        let socket = Foundation.socket(AF_UNIX, type, 0)
        guard socket >= 0 else { throw Refused(number: errno) }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.connect(socket, $0, size) }
        }
        guard status == 0 else {
            defer { close(socket) }
            throw Refused(number: errno)
        }
        return socket
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends `bytes`; what the core does not take any more does not matter.
    func send(_ bytes: [UInt8]) {
        queue.async { [socket] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Foundation.write(socket, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Calls `method`, and returns what is answered; nil when the connection ends instead.
    func call(_ method: String, _ parameters: String = "{}", id: Int = 1) async throws -> Answer? {
        send(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"# + "\n")
        return try await answer()
    }

    /// Says who this is, as a program that speaks the versions from `first` to `last`.
    func initialize(_ first: Int = 1, _ last: Int = 1, more: String = "") async throws -> Answer? {
        try await call(
            "initialize",
            #"{"protocol":{"min":\#(first),"max":\#(last)},"client":{"name":"test","version":"1"}\#(more)}"#)
    }

    /// The next answer; nil at the end.
    func answer() async throws -> Answer? {
        guard let line = try await output.line() else { return nil }
        return try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
    }

    /// Ends the connection after all that was sent.
    func end() { queue.async { [socket] in shutdown(socket, Int32(SHUT_RDWR)) } }
}
