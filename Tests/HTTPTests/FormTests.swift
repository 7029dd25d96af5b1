import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FormTests {
    private let server: LoopbackServer
    private let client: CurlClient

    init() throws {
        server = try LoopbackServer.answering { _ in answer() }
        client = try CurlClient.direct()
    }

    /// The parts as they were sent, header and content.
    private func sent(_ parts: [FormPart]) async throws -> [(header: String, content: Data)] {
        _ = try await client.send(HTTPRequest(.post, server.url(), body: .form(parts)))
        let request = try #require(server.requests.last)
        let line = try #require(request.header.split(separator: "\n").first { $0.hasPrefix("Content-Type:") })
        let boundary = try #require(line.split(separator: "boundary=").last)
        #expect(line.hasPrefix("Content-Type: multipart/form-data; boundary="))
        var rest = Data("\r\n".utf8) + request.body
        var found: [(String, Data)] = []
        let mark = Data("\r\n--\(boundary)".utf8)
        while let start = rest.range(of: mark) {
            rest = Data(rest[start.upperBound...])
            guard let end = rest.range(of: mark) else { break }
            let part = Data(rest[..<end.lowerBound])
            let split = try #require(part.range(of: Data("\r\n\r\n".utf8)))
            found.append((String(decoding: part[..<split.lowerBound], as: UTF8.self), Data(part[split.upperBound...])))
        }
        #expect(rest == Data("--\r\n".utf8))
        return found
    }

    @Test func `fields, bytes and files arrive as they are`() async throws {
        let place = try Place()
        let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try bytes.write(to: URL(filePath: place.path("photo")))
        let parts = try await sent([
            .field("caption", "two\r\nlines, ünïcode"), .field("empty", ""),
            .file("document", .bytes(Data([0, 13, 10, 255])), fileName: "a.bin"),
            .file("photo", .file(path: place.path("photo")), fileName: "cat.png", contentType: "image/png"),
        ])
        #expect(
            parts.map(\.content) == [
                Data("two\r\nlines, ünïcode".utf8), Data(), Data([0, 13, 10, 255]), bytes,
            ])
        #expect(parts[0].header == "\r\nContent-Disposition: form-data; name=\"caption\"")
        #expect(parts[1].header == "\r\nContent-Disposition: form-data; name=\"empty\"")
        #expect(parts[2].header.contains("name=\"document\"; filename=\"a.bin\""))
        #expect(parts[2].header.contains("Content-Type: application/octet-stream"))
        #expect(parts[3].header.contains("name=\"photo\"; filename=\"cat.png\""))
        #expect(parts[3].header.contains("Content-Type: image/png"))
    }

    @Test func `a quote in a file's name ends nothing`() async throws {
        let parts = try await sent([.file("f", .bytes(Data("x".utf8)), fileName: #"a"; name="b.txt"#)])
        #expect(parts.first?.header.contains(#"filename="a%22; name=%22b.txt""#) == true)
    }

    @Test func `what is no readable file is refused before anything is sent`() async throws {
        let place = try Place()
        let pipe = place.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        for path in [place.path("none"), place.directory, pipe] {
            let part = FormPart.file("f", .file(path: path), fileName: "f")
            let error = await failure {
                try await client.send(HTTPRequest(.post, server.url(), body: .form([.field("a", "b"), part])))
            }
            #expect(error?.code == .badRequest && error?.mayHaveReached == false)
        }
        #expect(server.connections == 0)
    }
}
