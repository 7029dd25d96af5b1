import Foundation
import JSONRPC
import LocalSockets
import TestSupport
import Testing

/// Conversations over sockets.
@Suite(.timeLimit(.minutes(5))) struct TransportTests {
    private struct Echo: Request, Codable {
        static let method = "echo"
        typealias Response = Echo
        var text: String
    }

    private func transport(_ socket: LocalSocket, limit: Int = 1 << 20) -> StreamTransport<LocalSocket.Chunks> {
        StreamTransport(
            reading: socket.chunks, limit: limit, write: { try await socket.write($0) }, finish: { socket.finish() })
    }

    private var methods: MethodTable {
        var methods = MethodTable()
        methods.on(Echo.self) { $0 }
        return methods
    }

    @Test func `lines arrive whole in chunks of every size`() async throws {
        let lines = (0..<20).map { String(repeating: "é", count: $0 * 3 % 17) + "\($0)" }
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        for size in 1...bytes.count {
            let (client, server) = try await connectedPair()
            let writing = Task {
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try await client.write(Data(bytes[start..<min(start + size, bytes.count)]))
                    // Lets the reader see small chunks now and then.
                    await Task.yield()
                }
                client.finish()
            }
            var heard: [String] = []
            for try await line in transport(server).lines { heard.append(String(decoding: line, as: UTF8.self)) }
            #expect(heard == lines, "chunks of \(size)")
            try await writing.value
        }
    }

    @Test func `half a line before the end is dropped`() async throws {
        let (client, server) = try await connectedPair()
        try await client.write(Data("whole\nhal".utf8))
        client.close()
        var heard: [Data] = []
        for try await line in transport(server).lines { heard.append(line) }
        #expect(heard == [Data("whole".utf8)])
    }

    @Test func `a conversation is answered over a socket`() async throws {
        let (client, server) = try await connectedPair()
        let (asking, answering) = (Connection(), Connection(methods: methods))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await asking.run(over: transport(client)) }
            group.addTask { try await answering.run(over: transport(server)) }
            for size in [0, 1, 1000, 900_000] {
                let text = String(repeating: "x", count: size)
                let answer = try await asking.send(Echo(text: text))
                #expect(answer.text == text)
            }
            // The one reads the end, and then so does the other.
            asking.finish()
            client.close()
            do {
                try await group.waitForAll()
            } catch let error as LocalSocketError {
                #expect(error.code == .closed)
            }
        }
    }

    @Test func `a huge line costs its writer, not its reader`() async throws {
        let (client, server) = try await connectedPair()
        let written = Counter()
        let writing = Task {
            let piece = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
            for _ in 0..<100 {
                try await client.write(piece)
                written.add()
            }
        }
        let connection = Connection(methods: methods, manners: .init(answersBadInput: true))
        await #expect(throws: LineFramer.LineTooLong(limit: 1 << 20)) {
            try await connection.run(over: transport(server))
        }
        server.close()
        #expect(await code { try await writing.value } == .peerGone)
        // So much was taken in at most, of a hundred.
        #expect(written.count < 10)
        // The reason was left for the client to read.
        let said = String(decoding: try await client.readAll(), as: UTF8.self)
        #expect(said.contains("-32600") && said.contains("1048576") && said.hasSuffix("\n"))
    }

    @Test func `a client that does not read holds back what is delivered to it alone`() async throws {
        let (slow, toSlow) = try await connectedPair()
        let (quick, toQuick) = try await connectedPair()
        let (slowly, quickly) = (Connection(), Connection())
        let line = Data((#"{"method":"say","params":""# + String(repeating: "x", count: 100_000) + #""}"#).utf8)
        let delivered = Counter()
        let conversations = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await slowly.run(over: transport(toSlow)) }
                group.addTask { try await quickly.run(over: transport(toQuick)) }
                try await group.waitForAll()
            }
        }
        let slowing = Task {
            for _ in 0..<100 {
                try await slowly.deliver(line: line)
                delivered.add()
            }
        }
        let reading = Task {
            var count = 0
            for try await _ in transport(quick).lines {
                count += 1
                if count == 100 { break }
            }
            return count
        }
        for _ in 0..<100 { try await quickly.deliver(line: line) }
        let heard = try await reading.value
        #expect(heard == 100)
        // What the system buffers has gone out, and no more.
        #expect(delivered.count < 50)
        var late = 0
        for try await arrived in transport(slow).lines {
            #expect(arrived == line)
            late += 1
            if late == 100 { break }
        }
        try await slowing.value
        slow.close()
        quick.close()
        try await conversations.value
    }
}
