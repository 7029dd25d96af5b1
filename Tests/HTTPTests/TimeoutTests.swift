import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
    private let short = Duration.milliseconds(200)

    private func silentServer() throws -> LoopbackServer { try LoopbackServer { $0.untilClosed() } }

    private func failing(_ url: String, _ timeouts: HTTPTimeouts) async throws -> HTTPError {
        let client = try CurlClient.direct()
        var request = HTTPRequest.post(url)
        request.timeouts = timeouts
        let start = ContinuousClock.now
        let error = await failure { try await client.send(request) }
        // Not for ever, and not before its time.
        #expect(short - .milliseconds(20) <= .now - start && .now - start < .seconds(20))
        return try #require(error)
    }

    @Test func `a connection takes no longer than it may, with its encryption`() async throws {
        let server = try silentServer()
        let url = "https://127.0.0.1:\(server.port)/"
        let error = try await failing(url, HTTPTimeouts(connect: short, idle: nil))
        #expect(error.code == .connectTimeout && !error.mayHaveReached)
        let other = try await failing(url, HTTPTimeouts(connect: .seconds(30), idle: nil, whole: short))
        #expect(other.code == .wholeTimeout && !other.mayHaveReached)
    }

    @Test func `a server that says nothing is given up after the idle time`() async throws {
        let server = try silentServer()
        let error = try await failing(server.url(), HTTPTimeouts(idle: short))
        #expect(error.code == .idleTimeout && error.mayHaveReached)
    }

    @Test func `a server that falls silent is given up after the idle time`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")
            connection.untilClosed()
        }
        let error = try await failing(server.url(), HTTPTimeouts(idle: short))
        #expect(error.code == .idleTimeout && error.mayHaveReached)
    }

    @Test func `the whole may take no longer than it may, however lively it is`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while true {
                try connection.write("x")
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
        let error = try await failing(server.url(), HTTPTimeouts(idle: .seconds(30), whole: short))
        #expect(error.code == .wholeTimeout && error.mayHaveReached)
    }

    @Test func `a body that comes byte by byte is not idle`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n")
            for byte in String(repeating: "x", count: 40).utf8 {
                try connection.write(Data([byte]))
                Thread.sleep(forTimeInterval: 0.05)
            }
            connection.untilClosed()
        }
        let timeouts = HTTPTimeouts(idle: .milliseconds(1500))
        let start = ContinuousClock.now
        let response = try await CurlClient.direct().send(HTTPRequest(.get, server.url(), timeouts: timeouts))
        #expect(response.body.count == 40)
        #expect(.now - start > .milliseconds(1500))
    }

    @Test func `a body that is taken slowly is not idle`() async throws {
        let size = 24 << 20
        let server = try LoopbackServer { connection in
            _ = try connection.head()
            var left = size
            while left > 0 {
                left -= try connection.readSome()
                Thread.sleep(forTimeInterval: 0.004)
            }
            try connection.write(answer())
            connection.untilClosed()
        }
        var request = HTTPRequest.post(server.url(), String(repeating: "x", count: size))
        request.timeouts = HTTPTimeouts(idle: .milliseconds(1200))
        let start = ContinuousClock.now
        let response = try await CurlClient.direct().send(request)
        #expect(response.status == 200)
        #expect(.now - start > .milliseconds(1200))
    }
}
