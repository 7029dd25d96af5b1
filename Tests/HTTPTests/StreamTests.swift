import Foundation
import HTTP
import Locking
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
    @Test func `the header is there before the body, and every piece as it comes`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 201 Created\r\nX-Kind: a\r\nContent-Length: 6\r\n\r\n")
            for piece in ["one", "two"] {
                gate.wait()
                try connection.write(piece)
            }
            connection.untilClosed()
        }
        let client = try CurlClient.direct()
        let stream = try await client.stream(HTTPRequest(.get, server.url()))
        #expect(stream.status == 201 && stream.fields["x-kind"] == "a" && stream.isSuccess)
        var pieces = stream.body.makeAsyncIterator()
        for expected in ["one", "two"] {
            gate.signal()
            let piece = try await pieces.next()
            #expect(piece == Data(expected.utf8))
        }
        let end = try await pieces.next()
        #expect(end == nil)
    }

    @Test func `a slow reader holds back the server, and loses nothing`() async throws {
        let block = 1000
        let size = block * 60_000
        let written = Locked(0)
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            // Each block tells its number.
            for number in 0..<(size / block) {
                try connection.write(Data(repeating: UInt8(truncatingIfNeeded: number), count: block))
                written.withLock { $0 += block }
            }
            connection.untilClosed()
        }
        let client = try CurlClient.direct()
        var request = HTTPRequest(.get, server.url(), bodyLimit: size)
        // The time in which nobody reads does not count.
        request.timeouts.idle = .milliseconds(500)
        let stream = try await client.stream(request)
        var held = 0
        _ = try await eventually("a standstill") {
            let before = written.withLock { $0 }
            try await Task.sleep(for: .milliseconds(400))
            held = written.withLock { $0 }
            return held > 0 && held == before ? true : nil
        }
        // What the system's own buffers take, which is at most 10 MB or so.
        #expect(held < 24 << 20)
        try await Task.sleep(for: .milliseconds(700))
        var count = 0
        var isRight = true
        for try await chunk in stream.body {
            var rest = chunk[...]
            while !rest.isEmpty {
                let expected = UInt8(truncatingIfNeeded: count / block)
                let part = rest.prefix(block - count % block)
                isRight = isRight && part == Data(repeating: expected, count: part.count)
                count += part.count
                rest = rest.dropFirst(part.count)
            }
        }
        #expect(count == size && isRight)
    }

    @Test func `other exchanges go on while a reader is slow`() async throws {
        let server = try LoopbackServer { connection in
            while let request = try connection.request() {
                try connection.write(answer(200, String(repeating: "x", count: request.path == "/big" ? 32 << 20 : 2)))
            }
        }
        let client = try CurlClient.direct()
        let stream = try await client.stream(HTTPRequest(.get, server.url("/big"), bodyLimit: .max))
        for _ in 0..<100 {
            let response = try await client.send(HTTPRequest(.get, server.url()))
            #expect(response.body.count == 2)
        }
        let all = try await stream.body.readAll()
        #expect(all.count == 32 << 20)
    }

    @Test func `what breaks off is read up to there, and then fails`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        }
        let client = try CurlClient.direct()
        let stream = try await client.stream(HTTPRequest(.get, server.url()))
        var read = Data()
        let error = await failure { for try await chunk in stream.body { read.append(chunk) } }
        #expect(read == Data("half".utf8))
        #expect(error?.code == .connectionClosed && error?.mayHaveReached == true)
    }

    @Test func `what is larger than the limit fails, also when the reader was slow`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = String(repeating: "x", count: 10_000)
            while true { try connection.write("2710\r\n\(chunk)\r\n") }
        }
        let client = try CurlClient.direct()
        for limit in [5_000, 100_000, 3_000_000] {
            let stream = try await client.stream(HTTPRequest(.get, server.url(), bodyLimit: limit))
            try await Task.sleep(for: .milliseconds(50))
            var count = 0
            let error = await failure { for try await chunk in stream.body { count += chunk.count } }
            #expect(error?.code == .tooLarge && count <= limit)
        }
    }

    @Test func `a failure before the header is thrown by the request`() async throws {
        let server = try LoopbackServer { _ = try $0.request() }
        let client = try CurlClient.direct()
        let error = await failure { try await client.stream(.post(server.url())) }
        #expect(error?.code == .connectionClosed && error?.mayHaveReached == true)
    }

    /// A server whose answers have no end, and what tells when a client left.
    private func endlessServer() throws -> (LoopbackServer, ends: Counter) {
        let ends = Counter()
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx")
            connection.untilClosed()
            ends.add()
        }
        return (server, ends)
    }

    @Test func `cancelling the reader ends the exchange`() async throws {
        let (server, ends) = try endlessServer()
        let client = try CurlClient.direct()
        let hasByte = Flag()
        let task = Task {
            let stream = try await client.stream(HTTPRequest(.get, server.url()))
            for try await _ in stream.body { hasByte.set() }
        }
        _ = try await eventually("a byte") { hasByte.isSet ? true : nil }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = try await eventually("the end") { ends.count == 1 ? true : nil }
    }

    @Test func `dropping the stream ends the exchange`() async throws {
        let (server, ends) = try endlessServer()
        let client = try CurlClient.direct()
        for _ in 0..<10 { _ = try await client.stream(HTTPRequest(.get, server.url())) }
        _ = try await eventually("the ends") { ends.count == 10 ? true : nil }
    }

    @Test func `closing the client fails its streams`() async throws {
        let (server, _) = try endlessServer()
        let client = try CurlClient.direct()
        let stream = try await client.stream(HTTPRequest(.get, server.url()))
        client.close()
        let error = await failure { try await stream.body.readAll() }
        #expect(error?.code == .closed && error?.mayHaveReached == true)
    }
}
