import BenchSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Clients that look for the number in each line and do nothing else, so that little but the core uses the processors.
///
/// Otherwise as ``Attendants``.
struct Listeners {
    private struct Client {
        var descriptor: Int32
        /// The beginning of a line.
        var partial: [CChar] = []
        var notes: [Int64] = []
    }

    private static let greeting = """
        {"id":1,"method":"initialize","params":{"protocol":{"min":1,"max":1},"client":{"name":"bench","version":"1"}}}

        """
    private static let wish = """
        {"id":2,"method":"subscribe","params":{"session":"\(World.session)","subscription":1,"after":{"cursor":0}}}

        """

    private let socket: String
    private let count: Int
    private let file: String

    init(_ socket: String, count: Int, file: String) { (self.socket, self.count, self.file) = (socket, count, file) }

    func run() throws {
        var clients: [Client] = []
        for _ in 0..<count { clients.append(Client(descriptor: try Self.connect(to: socket))) }
        var answers = 0, left = count
        while left > 0 {
            var polled = clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), -1) > 0 else { throw Failure("poll failed") }
            for index in clients.indices where polled[index].revents != 0 {
                for line in try Self.lines(for: &clients[index]) {
                    if strstr(line, "\"result\":") != nil {
                        answers += 1
                        if strstr(line, "\"protocol\"") != nil {
                            try Self.say(Self.wish, to: clients[index].descriptor)
                        }
                        if answers == 2 * count { try Figures.write([], to: file + ".ready") }
                    } else if strstr(line, "\"type\":\"finished\"") != nil {
                        close(clients[index].descriptor)
                        // Not looked at any more.
                        clients[index].descriptor = -1
                        left -= 1
                    } else if strstr(line, "\"type\":\"action\"") != nil, let id = strstr(line, "\"id\":\"") {
                        clients[index].notes += [Int64(atoll(id + 6)), Moment.now]
                    }
                }
            }
        }
        try Figures.write(clients.flatMap { [-1] + $0.notes }, to: file)
    }

    private static func connect(to path: String) throws -> Int32 {
        #if canImport(Darwin)
            let descriptor = Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
        #else
            let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Darwin)
                    Darwin.connect(descriptor, $0, length) == 0
                #else
                    Glibc.connect(descriptor, $0, length) == 0
                #endif
            }
        }
        guard isConnected else { throw Failure("no connection to \(path)") }
        try say(greeting, to: descriptor)
        return descriptor
    }

    private static func say(_ line: String, to descriptor: Int32) throws {
        let bytes = Array(line.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure("nothing can be said") }
    }

    /// The lines that have come, each with a zero at its end.
    private static func lines(for client: inout Client) throws -> [[CChar]] {
        var lines: [[CChar]] = []
        var bytes = [CChar](repeating: 0, count: 64 << 10)
        let count = read(client.descriptor, &bytes, bytes.count)
        guard count > 0 else { throw Failure("the core has closed a connection") }
        for piece in bytes[..<count].split(separator: 10, omittingEmptySubsequences: false).dropLast() {
            lines.append(client.partial + piece + [0])
            client.partial = []
        }
        client.partial += bytes[..<count].suffix(while: { $0 != 10 })
        return lines
    }
}

extension ArraySlice<CChar> {
    /// The end of which this is true throughout.
    fileprivate func suffix(while isPart: (CChar) -> Bool) -> ArraySlice<CChar> {
        self[(lastIndex { !isPart($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
