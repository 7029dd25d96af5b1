import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SecrecyTests {
    private static let secret = "123456:hush"

    /// Everything that a value shows of itself.
    private func shown(_ value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value)|\(String(reflecting: value))|\(dumped)|\([value])|\(Optional.some(value) as Any)"
    }

    private func request(_ url: String) -> HTTPRequest {
        HTTPRequest(
            .post, url, fields: ["Authorization": Self.secret],
            body: .form([
                .field("text", Self.secret), .file("f", .bytes(Data(Self.secret.utf8)), fileName: Self.secret),
            ]))
    }

    @Test func `no request, answer or configuration shows what may be secret`() {
        let request = request("https://user:\(Self.secret)@example.org/bot\(Self.secret)/send?a=\(Self.secret)")
        let response = HTTPResponse(status: 200, fields: ["Set-Cookie": Self.secret], body: Data(Self.secret.utf8))
        let stream = HTTPStream(status: 200, fields: ["Set-Cookie": Self.secret], body: HTTPStream.Body { nil })
        let proxy = CurlConfiguration(proxy: .url("http://user:\(Self.secret)@example.org"))
        let all = [
            shown(request), shown(request.fields), shown(request.body), shown(response), shown(stream), shown(proxy),
            shown(HTTPBody.bytes(Data(Self.secret.utf8), contentType: Self.secret)), shown(request.fields.all),
        ]
        for text in all { #expect(!text.contains("hush") && !text.contains("example.org")) }
        #expect("\(request)" == "POST request")
        #expect("\(response)" == "status 200, 11 bytes")
    }

    @Test func `no error shows more than the host`() async throws {
        let client = try CurlClient.direct()
        let path = "/bot\(Self.secret)/send?text=\(Self.secret)"
        let scripts: [@Sendable (LoopbackConnection) throws -> Void] = [
            { $0.reset() }, { _ = try $0.head() }, { try $0.write("hush\r\n\r\n") },
            { connection in
                _ = try connection.head()
                try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhush")
            },
            { $0.untilClosed() },
        ]
        var errors: [HTTPError?] = []
        for (number, script) in scripts.enumerated() {
            let server = try LoopbackServer(script)
            for scheme in ["http", "https"] {
                var request = request("\(scheme)://127.0.0.1:\(server.port)\(path)")
                let limit = Duration.milliseconds(100)
                request.timeouts = HTTPTimeouts(connect: limit, idle: limit)
                errors.append(await failure { try await client.send(request) })
                if number == scripts.count - 1 {
                    request.timeouts = HTTPTimeouts(connect: nil, idle: nil, whole: limit)
                    errors.append(await failure { try await client.send(request) })
                }
            }
        }
        let port = try LoopbackServer.unusedPort()
        let urls = [
            "http://127.0.0.1:\(port)\(path)", "http://nobody.invalid\(path)", "ftp://example.org\(path)",
            "hush\(path)",
            "http://127.0.0.1:x\(path)", "http://127.0.0.1\(path) ", "http://user:hush@127.0.0.1:\(port)\(path)",
        ]
        for url in urls { errors.append(await failure { try await client.send(request(url)) }) }
        client.close()
        errors.append(await failure { try await client.send(request("http://127.0.0.1:\(port)\(path)")) })
        for error in errors {
            let error = try #require(error)
            #expect(!shown(error).contains("hush") && !shown(error).contains("send"))
        }
    }
}
