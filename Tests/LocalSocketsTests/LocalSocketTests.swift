import Foundation
import LocalSockets
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.timeLimit(.minutes(5))) struct LocalSocketTests {
    @Test func `bytes pass both ways, and each side ends on its own`() async throws {
        let (client, server) = try await connectedPair()
        try await client.write(Data("question".utf8))
        client.finish()
        let question = try await server.readAll()
        #expect(question == Data("question".utf8))
        try await server.write(Data("answer".utf8))
        try await server.write(Data())
        server.finish()
        let answer = try await client.readAll()
        #expect(answer == Data("answer".utf8))
        #expect(await code { try await client.write(Data("more".utf8)) } == .finished)
    }

    @Test func `the peer is known on both sides`() async throws {
        let (client, server) = try await connectedPair()
        #expect(client.peer == Peer(pid: getpid(), uid: getuid()))
        #expect(server.peer == Peer(pid: getpid(), uid: getuid()))
    }

    @Test func `another process is known by its own number`() async throws {
        let place = try Place()
        let listener = try LocalListener(at: place.socket)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import os,socket,sys;s=socket.socket(socket.AF_UNIX);s.connect(sys.argv[1]);"
                + "s.sendall(str(os.getpid()).encode());s.recv(1)", place.socket,
        ]
        try process.run()
        var connections = listener.connections.makeAsyncIterator()
        let server = try #require(try await connections.next())
        let said = try await server.read(1)
        // `env` has become the other program.
        #expect(server.peer == Peer(pid: process.processIdentifier, uid: getuid()))
        #expect(String(decoding: said, as: UTF8.self) == "\(server.peer.pid)")
        server.close()
        process.waitUntilExit()
        listener.close()
    }

    @Test func `a peer that does not read holds back its writer alone, until it reads`() async throws {
        let (slow, toSlow) = try await connectedPair()
        let size = 10 << 20
        let big = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let isDone = Flag()
        let writing = Task {
            try await toSlow.write(big)
            isDone.set()
            toSlow.finish()
        }
        // Others go on meanwhile, in every order.
        let (client, server) = try await connectedPair()
        for round in 0..<200 {
            try await server.write(Data("\(round)".utf8))
            let heard = try await client.read(1)
            #expect(heard == Data("\(round)".utf8))
        }
        #expect(!isDone.isSet)
        let all = try await slow.readAll()
        #expect(all == big)
        try await writing.value
    }

    @Test func `what nobody asks for stays with the system`() async throws {
        let (client, server) = try await connectedPair()
        let writing = Task { try await client.write(Data(count: 10 << 20)) }
        var chunks = server.chunks.makeAsyncIterator()
        let first = try #require(try await chunks.next())
        #expect(first.count <= 64 << 10)
        // What is left is at most what the system holds; the writer is still at it.
        server.close()
        #expect(await code { try await writing.value } == .peerGone)
    }

    @Test func `closing wakes a reader and a writer of this side`() async throws {
        let (client, server) = try await connectedPair()
        let reading = Task { try await server.readAll() }
        let writing = Task { try await server.write(Data(count: 10 << 20)) }
        _ = try await client.read(1)
        server.close()
        #expect(await code { _ = try await reading.value } == .closed)
        #expect(await code { try await writing.value } == .closed)
        #expect(await code { try await server.write(Data([1])) } == .closed)
        #expect(await code { _ = try await server.readAll() } == .closed)
        server.finish()
    }

    @Test func `a closing peer ends the reader and fails the writer`() async throws {
        let (client, server) = try await connectedPair()
        let reading = Task { try await server.readAll() }
        let writing = Task { try await server.write(Data(count: 10 << 20)) }
        _ = try await client.read(1)
        client.close()
        let rest = try await reading.value
        #expect(rest.isEmpty)
        let error = await #expect(throws: LocalSocketError.self) { try await writing.value }
        #expect(error?.code == .peerGone)
        #expect(error?.description.contains("has gone") == true)
    }

    @Test func `cancelling ends a wait to read, and nothing is lost`() async throws {
        let (client, server) = try await connectedPair()
        let reading = Task { try await server.readAll() }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        try await client.write(Data("late".utf8))
        let late = try await server.read(4)
        #expect(late == Data("late".utf8))
    }

    @Test func `cancelling ends a wait to write, and with it this side's output`() async throws {
        let (client, server) = try await connectedPair()
        let writing = Task { try await server.write(Data(repeating: 7, count: 10 << 20)) }
        let first = try await client.read(1)
        writing.cancel()
        await #expect(throws: CancellationError.self) { try await writing.value }
        #expect(await code { try await server.write(Data([1])) } == .finished)
        // The other side reads what went out, and then the end.
        let rest = try await client.readAll()
        #expect(first.count + rest.count < 10 << 20)
        #expect(rest.allSatisfy { $0 == 7 })
    }

    @Test func `a write that was cancelled before it began leaves the output whole`() async throws {
        let (client, server) = try await connectedPair()
        let writing = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await server.write(Data("never".utf8))
        }
        await #expect(throws: CancellationError.self) { try await writing.value }
        try await server.write(Data("whole".utf8))
        server.finish()
        let heard = try await client.readAll()
        #expect(heard == Data("whole".utf8))
    }

    @Test func `two writers at once are told so, and finishing waits for the first`() async throws {
        let (client, server) = try await connectedPair()
        let writing = Task { try await server.write(Data(count: 10 << 20)) }
        let first = try await client.read(1)
        #expect(await code { try await server.write(Data([1])) } == .writeUnderWay)
        server.finish()
        let rest = try await client.readAll()
        #expect(first.count + rest.count == 10 << 20)
        try await writing.value
    }

    @Test func `the last reference closes`() async throws {
        var (client, server): (LocalSocket?, LocalSocket) = try await connectedPair()
        #expect(client != nil)
        client = nil
        let heard = try await server.readAll()
        #expect(heard.isEmpty)
    }
}
