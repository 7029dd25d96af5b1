import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `requests one after the other share a connection`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let client = try CurlClient.direct()
        for _ in 0..<50 { _ = try await client.send(.post(server.url())) }
        #expect(server.requests.count == 50 && server.connections == 1)
    }

    @Test func `a fresh connection is another one`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let client = try CurlClient.direct()
        var request = HTTPRequest(.get, server.url())
        _ = try await client.send(request)
        request.usesFreshConnection = true
        _ = try await client.send(request)
        #expect(server.requests.map(\.connection) == [0, 1])
    }

    @Test func `a connection with a closing status is used no more, others are`() async throws {
        let server = try LoopbackServer.answering { answer($0.path == "/conflict" ? 409 : 200) }
        let client = try CurlClient.direct()
        for path in ["/", "/conflict", "/", "/"] {
            var request = HTTPRequest(.get, server.url(path))
            request.closingStatuses = [409]
            _ = try await client.send(request)
        }
        #expect(server.requests.map(\.connection) == [0, 0, 1, 1])
    }

    @Test func `a connection that ended while it lay idle harms no request`() async throws {
        let ends = Counter()
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write(answer())
            connection.close()
            ends.add()
        }
        let client = try CurlClient.direct()
        for number in 1...10 {
            let response = try await client.send(.post(server.url()))
            #expect(response.status == 200)
            // Of an end that comes while the next request is sent, nobody could tell what became of the request.
            _ = try await eventually("the end") { ends.count == number ? true : nil }
        }
        #expect(server.requests.count == 10 && server.connections == 10)
    }

    /// Answers the first request of each connection; reads the second to its end, and closes without a word.
    private func forgetfulServer() throws -> LoopbackServer {
        try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write(answer())
            _ = try connection.request()
        }
    }

    @Test(arguments: [
        HTTPBody.none, .bytes(Data("{}".utf8), contentType: "application/json"), .form([.field("text", "hello")]),
    ])
    func `a request that acts is never sent twice`(body: HTTPBody) async throws {
        let server = try forgetfulServer()
        let client = try CurlClient.direct()
        _ = try await client.send(HTTPRequest(.get, server.url()))
        let error = await failure { try await client.send(HTTPRequest(.post, server.url("/act"), body: body)) }
        #expect(error?.code == .connectionClosed && error?.mayHaveReached == true)
        #expect(server.requests.filter { $0.path == "/act" }.count == 1)
        // And the client is as good as before.
        let response = try await client.send(HTTPRequest(.get, server.url()))
        #expect(response.status == 200)
    }

    @Test func `a request that only reads, or may be repeated, is`() async throws {
        let server = try forgetfulServer()
        let client = try CurlClient.direct()
        var repeatable = HTTPRequest.post(server.url("/twice"))
        repeatable.isRepeatable = true
        for request in [HTTPRequest(.get, server.url("/twice")), repeatable] {
            var first = HTTPRequest(.get, server.url("/first"))
            first.usesFreshConnection = true
            _ = try await client.send(first)
            let response = try await client.send(request)
            #expect(response.status == 200)
        }
        #expect(server.requests.filter { $0.path == "/twice" }.count >= 3)
    }
}
