import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
    /// How a request fails at a server that runs `script`.
    private func failing(
        _ request: (String) -> HTTPRequest = { .post($0) },
        scheme: String = "http",
        _ script: @escaping @Sendable (LoopbackConnection) throws -> Void
    ) async throws -> HTTPError {
        let server = try LoopbackServer(script)
        let client = try CurlClient.direct()
        let error = await failure { try await client.send(request("\(scheme)://127.0.0.1:\(server.port)/")) }
        return try #require(error)
    }

    @Test func `a name without an address reaches nobody`() async throws {
        let client = try CurlClient.direct()
        let error = await failure { try await client.send(.post("http://nobody.invalid/")) }
        #expect(error?.code == .nameNotResolved && error?.mayHaveReached == false)
        #expect(error?.description.contains("nobody.invalid") == true)
    }

    @Test func `a port at which nobody listens reaches nobody`() async throws {
        let client = try CurlClient.direct()
        let port = try LoopbackServer.unusedPort()
        let error = await failure { try await client.send(.post("http://127.0.0.1:\(port)/")) }
        #expect(error?.code == .notConnected && error?.mayHaveReached == false)
        #expect(error?.description == "no connection to 127.0.0.1: Connection refused")
    }

    @Test func `a server without TLS reaches nobody`() async throws {
        let error = try await failing(scheme: "https") { connection in
            try connection.write("HTTP/1.1 400 Bad\r\n\r\n")
            connection.untilClosed()
        }
        #expect(error.code == .tlsFailed && !error.mayHaveReached)
    }

    @Test func `a connection that ends in its making reaches nobody`() async throws {
        let error = try await failing(scheme: "https") { $0.reset() }
        #expect([.tlsFailed, .notConnected].contains(error.code) && !error.mayHaveReached)
    }

    @Test func `a server that closes instead of an answer may have acted`() async throws {
        let error = try await failing { _ = try $0.request() }
        #expect(error.code == .connectionClosed && error.mayHaveReached)
    }

    @Test func `a server that resets the connection may have acted`() async throws {
        let error = try await failing { connection in
            _ = try connection.request()
            connection.reset()
        }
        #expect(error.code == .connectionClosed && error.mayHaveReached)
    }

    @Test(arguments: [
        "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    ])
    func `half an answer is none`(half: String) async throws {
        let error = try await failing { connection in
            _ = try connection.request()
            try connection.write(half)
        }
        #expect([.connectionClosed, .badAnswer].contains(error.code) && error.mayHaveReached)
    }

    @Test(arguments: [
        "220 mail.example.org ESMTP\r\n", "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\r\n\r\n", "HTTP/9.9 no\r\n\r\n",
    ])
    func `an answer that is not HTTP may come after the deed`(words: String) async throws {
        let error = try await failing { connection in
            _ = try connection.request()
            try connection.write(words)
        }
        #expect(error.code == .badAnswer && error.mayHaveReached)
    }

    @Test func `a server that closes in the middle of the request may have acted`() async throws {
        let error = try await failing({ .post($0, String(repeating: "x", count: 16 << 20)) }) { connection in
            _ = try connection.head()
            connection.reset()
        }
        #expect(error.code == .connectionClosed && error.mayHaveReached)
    }

    @Test func `an answer of the limit is taken, a byte more is not`() async throws {
        let server = try LoopbackServer.answering { answer(200, String(repeating: "x", count: Int($0.text) ?? 0)) }
        let client = try CurlClient.direct()
        var request = HTTPRequest.post(server.url(), "100000")
        request.bodyLimit = 100_000
        let response = try await client.send(request)
        #expect(response.body.count == 100_000)
        request.body = .bytes(Data("100001".utf8), contentType: "text/plain")
        let error = await failure { try await client.send(request) }
        #expect(error?.code == .tooLarge && error?.mayHaveReached == true)
    }

    @Test func `a header without end is refused`() async throws {
        let error = try await failing { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\n")
            while true { try connection.write("X-More: \(String(repeating: "x", count: 1000))\r\n") }
        }
        #expect(error.code == .tooLarge && error.mayHaveReached)
    }

    @Test(arguments: [
        "", "nonsense", "http://", "ftp://127.0.0.1/", "file:///etc/passwd", "http://a b/", "http://127.0.0.1/\u{0}x",
        "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX: y",
    ])
    func `what is no URL of HTTP is not tried`(url: String) async throws {
        let client = try CurlClient.direct()
        let error = await failure { try await client.send(HTTPRequest(.get, url)) }
        #expect(error?.code == .badURL && error?.mayHaveReached == false)
    }

    @Test func `nothing can be smuggled into a header`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let client = try CurlClient.direct()
        let body = Data("x".utf8)
        let requests = [
            HTTPRequest("GET / HTTP/1.1\r\nX: y", server.url()), HTTPRequest("", server.url()),
            HTTPRequest(.get, server.url(), fields: ["X": "a\r\nY: b"]),
            HTTPRequest(.get, server.url(), fields: ["X": "a\u{0}"]),
            HTTPRequest(.get, server.url(), fields: ["X: y\r\nZ": "a"]),
            HTTPRequest(.get, server.url(), fields: ["": "a"]),
            HTTPRequest(.post, server.url(), body: .bytes(body, contentType: "a\nX: y")),
            HTTPRequest(
                .post, server.url(), body: .form([.file("f", .bytes(body), fileName: "n", contentType: "a\r\nX: y")])),
        ]
        for request in requests {
            let error = await failure { try await client.send(request) }
            #expect(error?.code == .badRequest && error?.mayHaveReached == false)
        }
        #expect(server.connections == 0)
    }
}
