import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DownloadTests {
    private let place: Place
    private let client: CurlClient

    init() throws {
        place = try Place()
        client = try CurlClient.direct()
    }

    @Test func `the file is whole, private, and alone`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200, String(repeating: "0123456789", count: 1 << 20)) }
        let path = place.path("file")
        try Data("old".utf8).write(to: URL(filePath: path))
        let response = try await client.download(HTTPRequest(.get, server.url()), to: path, limit: 20 << 20)
        #expect(response.status == 200 && response.body.isEmpty)
        let data = try Data(contentsOf: URL(filePath: path))
        #expect(data.count == 10 << 20 && data.suffix(10) == Data("0123456789".utf8))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try place.names() == ["file"])
    }

    @Test func `what fails leaves nothing, and what was there before`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        }
        let path = place.path("file")
        let broken = await failure { try await client.download(HTTPRequest(.get, server.url()), to: path, limit: 2000) }
        #expect(broken?.code == .connectionClosed)
        #expect(try place.names() == [])
        try Data("old".utf8).write(to: URL(filePath: path))
        let large = await failure { try await client.download(HTTPRequest(.get, server.url()), to: path, limit: 2) }
        #expect(large?.code == .tooLarge)
        #expect(try place.names() == ["file"])
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("old".utf8))
    }

    @Test func `an answer that is no success is told, and makes no file`() async throws {
        let server = try LoopbackServer.answering { _ in answer(404, "no such file") }
        let response = try await client.download(HTTPRequest(.get, server.url()), to: place.path("file"), limit: 100)
        #expect(response.status == 404 && response.text == "no such file")
        #expect(try place.names() == [])
    }

    @Test func `a file that cannot be made is said so`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let path = place.path("none/file")
        await #expect {
            try await client.download(HTTPRequest(.get, server.url()), to: path, limit: 100)
        } throws: {
            "\($0)" == "\(path) cannot be written: No such file or directory"
        }
    }
}
