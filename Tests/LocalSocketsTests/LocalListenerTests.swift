import Foundation
import LocalSockets
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.timeLimit(.minutes(5))) struct LocalListenerTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test func `the file is the user's alone and goes with the listener`() async throws {
        let listener = try LocalListener(at: place.socket)
        #expect(place.mode(place.socket) == 0o600)
        listener.close()
        listener.close()
        #expect(!place.exists(place.socket))
        var connections = listener.connections.makeAsyncIterator()
        let none = try await connections.next()
        #expect(none == nil)
        #expect(await code { _ = try LocalSocket.connect(to: place.socket) } == .notFound)
    }

    @Test func `the file goes with the last reference, too`() throws {
        _ = try LocalListener(at: place.socket)
        #expect(!place.exists(place.socket))
    }

    @Test func `a live socket is respected`() async throws {
        let listener = try LocalListener(at: place.socket)
        #expect(await code { _ = try LocalListener(at: place.socket) } == .inUse)
        #expect(place.exists(place.socket))
        listener.close()
        try LocalListener(at: place.socket).close()
    }

    @Test func `a left-over socket is told from none, and replaced`() async throws {
        try leaveSocket(SOCK_STREAM)
        #expect(await code { _ = try LocalSocket.connect(to: place.socket) } == .refused)
        let listener = try LocalListener(at: place.socket)
        _ = try LocalSocket.connect(to: place.socket)
        listener.close()
    }

    @Test func `what is no such socket is refused and left alone`() async throws {
        try Data("precious".utf8).write(to: URL(filePath: place.socket))
        let error = #expect(throws: LocalSocketError.self) { try LocalListener(at: place.socket) }
        #expect(error?.code == .notASocket && error?.description.contains("a file; remove it") == true)
        #expect(try Data(contentsOf: URL(filePath: place.socket)) == Data("precious".utf8))
        #expect(symlink(place.path("nothing"), place.path("l")) == 0 && mkdir(place.path("d"), 0o700) == 0)
        #expect(await code { _ = try LocalListener(at: place.path("l")) } == .notASocket)
        #expect(await code { _ = try LocalListener(at: place.path("d")) } == .notASocket)
        #expect(place.exists(place.path("l")))
    }

    @Test func `a live socket of another kind is refused`() async throws {
        let number = try leaveSocket(SOCK_DGRAM, closing: false)
        defer { close(number) }
        #expect(await code { _ = try LocalListener(at: place.socket) } == .notASocket)
        #expect(place.exists(place.socket))
    }

    @Test func `a missing directory is named`() async throws {
        #expect(await code { _ = try LocalListener(at: place.path("no/s")) } == .notFound)
    }

    @Test func `a file that took the place of the own one stays`() async throws {
        let first = try LocalListener(at: place.socket)
        #expect(unlink(place.socket) == 0)
        let second = try LocalListener(at: place.socket)
        first.close()
        let client = try LocalSocket.connect(to: place.socket)
        client.close()
        second.close()
        #expect(!place.exists(place.socket))
    }

    @Test func `cancelling ends the wait for clients, and a listener may be iterated again`() async throws {
        let listener = try LocalListener(at: place.socket)
        let accepting = Task {
            var connections = listener.connections.makeAsyncIterator()
            return try await connections.next()
        }
        accepting.cancel()
        await #expect(throws: CancellationError.self) { try await accepting.value }
        _ = try LocalSocket.connect(to: place.socket)
        var connections = listener.connections.makeAsyncIterator()
        let next = try await connections.next()
        #expect(next != nil)
        listener.close()
    }

    @Test func `closing ends the wait for clients`() async throws {
        let listener = try LocalListener(at: place.socket)
        let first = try LocalSocket.connect(to: place.socket)
        let (accepted, accept) = AsyncStream<Void>.makeStream()
        let accepting = Task {
            var count = 0
            for try await _ in listener.connections {
                count += 1
                accept.yield()
            }
            return count
        }
        for await _ in accepted { break }
        listener.close()
        let count = try await accepting.value
        #expect(count == 1)
        first.close()
    }

    @Test func `more clients than may wait are told to try again`() async throws {
        let listener = try LocalListener(at: place.socket)
        var clients: [LocalSocket] = []
        var refusal: LocalSocketError?
        for _ in 0..<2000 {
            do {
                clients.append(try LocalSocket.connect(to: place.socket))
            } catch let error as LocalSocketError {
                refusal = error
                break
            }
        }
        #expect(refusal?.code == .busy)
        #expect(clients.count >= 256)
        // And is alive for another listener all the same.
        #expect(await code { _ = try LocalListener(at: place.socket) } == .inUse)
        listener.close()
    }

    @Test func `two hundred clients are told apart`() async throws {
        let listener = try LocalListener(at: place.socket)
        let path = place.socket
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { group in
                    for try await socket in listener.connections {
                        group.addTask {
                            for try await chunk in socket.chunks { try await socket.write(Data(chunk)) }
                            socket.finish()
                        }
                    }
                }
            }
            try await withThrowingTaskGroup(of: Bool.self) { clients in
                for number in 0..<200 {
                    clients.addTask {
                        let client = try LocalSocket.connect(to: path)
                        let text = Data(repeating: UInt8(number), count: 1000 + number)
                        try await client.write(text)
                        client.finish()
                        return try await client.readAll() == text
                    }
                }
                for try await isSame in clients { #expect(isSame) }
            }
            listener.close()
            try await group.waitForAll()
        }
    }

    /// A socket's file, whose socket is closed or not.
    @discardableResult private func leaveSocket(_ kind: SocketKind, closing: Bool = true) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: place.socket.utf8) }
        #if canImport(Darwin)
            let number = socket(AF_UNIX, kind, 0)
        #else
            let number = socket(AF_UNIX, Int32(kind.rawValue), 0)
        #endif
        let bound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        if closing { close(number) }
        return number
    }
}

#if canImport(Darwin)
    private typealias SocketKind = Int32
#else
    private typealias SocketKind = __socket_type
#endif
