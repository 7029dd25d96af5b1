import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExchangeTests {
    @Test func `an answer has its status, its fields in any case, and its body`() async throws {
        let server = try LoopbackServer.answering { _ in
            answer(418, "tea", fields: "X-Kind: green \r\nx-kind: black\r\n")
        }
        let response = try await CurlClient.direct().send(HTTPRequest(.get, server.url("/pot")))
        #expect(response.status == 418 && !response.isSuccess)
        #expect(response.text == "tea")
        #expect(response.fields["X-KIND"] == "green")
        #expect(response.fields.values(of: "x-Kind") == ["green", "black"])
        #expect(server.requests.map(\.line) == ["GET /pot HTTP/1.1"])
    }

    @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func `every method is sent under its name, with a body and without`(name: String) async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let client = try CurlClient.direct()
        let method = HTTPMethod(rawValue: name)
        let body = HTTPBody.bytes(Data([0, 255, 10]), contentType: "application/x-odd")
        for body in [HTTPBody.none, body, .bytes(Data(), contentType: "text/plain")] {
            _ = try await client.send(HTTPRequest(method, server.url(), body: body))
        }
        let requests = server.requests
        #expect(requests.map(\.line) == Array(repeating: "\(name) / HTTP/1.1", count: 3))
        #expect(requests.map(\.body) == [Data(), Data([0, 255, 10]), Data()])
        #expect(!requests[0].header.contains("Content-Type"))
        #expect(requests[1].header.contains("Content-Type: application/x-odd"))
        // Without it, a server would wait for more, or ask for a length.
        #expect(requests[0].header.contains("Content-Length: 0") == ["POST", "PUT", "PATCH"].contains(name))
    }

    @Test func `HEAD waits for no body`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
            connection.untilClosed()
        }
        let response = try await CurlClient.direct().send(HTTPRequest(.head, server.url()))
        #expect(response.fields["content-length"] == "99" && response.body.isEmpty)
    }

    @Test func `fields are sent as they are, also empty ones, and nothing is expected first`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        var request = HTTPRequest.post(server.url(), String(repeating: "x", count: 2 << 20))
        request.fields = ["X-Empty": "", "X-Full": "a: b"]
        _ = try await CurlClient.direct().send(request)
        let sent = try #require(server.requests.first)
        let lines = sent.header.split(separator: "\n")
        #expect(lines.contains("X-Empty:") && lines.contains("X-Full: a: b"))
        #expect(!sent.header.contains("Expect") && sent.body.count == 2 << 20)
    }

    @Test func `an answer in chunks is whole, whatever the pieces it comes in`() async throws {
        let text =
            "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n1;ext=1\r\n \r\n5\r\nworld\r\n0\r\nX-Late: 1\r\n\r\n"
        let client = try CurlClient.direct()
        for size in [1, 2, 3, 7, 20, 500] {
            let server = try LoopbackServer { connection in
                _ = try connection.request()
                var rest = text.utf8[...]
                while !rest.isEmpty {
                    try connection.write(Data(rest.prefix(size)))
                    rest = rest.dropFirst(size)
                }
                connection.untilClosed()
            }
            let response = try await client.send(HTTPRequest(.get, server.url()))
            #expect(response.text == "hello world")
            #expect(response.fields.all.map(\.name) == ["Transfer-Encoding"])
        }
    }

    @Test func `a redirect is an answer like any other`() async throws {
        let server = try LoopbackServer.answering { _ in answer(302, "", fields: "Location: /elsewhere\r\n") }
        let response = try await CurlClient.direct().send(HTTPRequest(.get, server.url()))
        #expect(response.status == 302 && response.fields["location"] == "/elsewhere")
        #expect(server.requests.count == 1)
    }

    @Test func `hundreds of exchanges go on at once`() async throws {
        let count = 200
        let gate = DispatchSemaphore(value: 0)
        let server = try LoopbackServer { connection in
            while let request = try connection.request() {
                gate.wait()
                try connection.write(answer(200, request.path))
            }
        }
        let client = try CurlClient.direct()
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<count {
                group.addTask { try await client.send(HTTPRequest(.get, server.url("/\(number)"))).text }
            }
            _ = try await eventually("all requests") { server.requests.count == count ? true : nil }
            for _ in 0..<count { gate.signal() }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(paths == Set((0..<count).map { "/\($0)" }))
    }
}
