import Foundation
import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ServingTests {
    private let telegram: FakeTelegram

    init() throws { telegram = try FakeTelegram() }

    @Test func `a connection is kept for the next call`() async throws {
        let client = try APIClient(telegram)
        for _ in 0..<3 {
            let me = try await client.call("getMe")
            #expect(me["username"] == "cm_test_bot" && me["is_bot"] == true)
        }
        #expect(telegram.connectionCount == 1 && telegram.calls.count == 3)
    }

    @Test func `methods are found whatever the case of their letters, and others are not`() async throws {
        let client = try APIClient(telegram)
        #expect(try await client.refusal("GETME") == nil)
        #expect(try await client.refusal("sendPigeon") == "404 Not Found: method not found")
    }

    @Test func `another token is answered with 401`() async throws {
        let connection = try RawConnection(to: telegram)
        try connection.write(APIClient.request("/bot1:wrong/getMe", "application/json", Array("{}".utf8)))
        let answer = try await connection.response()
        #expect(answer.status == 401)
        #expect(try answer.json == ["ok": false, "error_code": 401, "description": "Unauthorized"])
        #expect(telegram.calls.isEmpty)
    }

    @Test(arguments: ["/", "/bot", "/nothing/here", "/file/bot"]) func `other paths are not found`(
        path: String
    ) async throws {
        let connection = try RawConnection(to: telegram)
        try connection.write(APIClient.request(path, "application/json", []))
        #expect(try await connection.response().status == 404)
    }

    @Test func `parameters are taken from the query, a form, and JSON alike`() async throws {
        let chat = telegram.privateChat(with: telegram.addUser("Ann"))
        let client = try APIClient(telegram)
        let path = "/bot\(telegram.token)/sendMessage"
        try client.connection.write(Array("GET \(path)?chat_id=\(chat.id)&text=a%20b+c HTTP/1.1\r\n\r\n".utf8))
        #expect(try await client.connection.response().status == 200)
        let form = Array("chat_id=\(chat.id)&text=%C3%BC&entities=%5B%5D".utf8)
        try client.connection.write(APIClient.request(path, "application/x-www-form-urlencoded", form))
        #expect(try await client.connection.response().status == 200)
        try client.connection.write(
            client.form("sendMessage", ["chat_id": "\(chat.id)", "text": "multi\r\npart"], files: [:]))
        #expect(try await client.connection.response().status == 200)
        _ = try await client.send("JSON", to: chat)
        #expect(chat.transcript.messages.map(\.text) == ["a b c", "ü", "multi\npart", "JSON"])
    }

    @Test func `a body in chunks is put together, and one that is broken is refused`() async throws {
        let chat = telegram.privateChat(with: telegram.addUser("Ann"))
        let client = try APIClient(telegram)
        let head = "POST /bot\(telegram.token)/sendMessage HTTP/1.1\r\nContent-Type: application/json\r\n"
        let body = "{\"chat_id\": \(chat.id), \"text\": \"in pieces\"}"
        var text = head + "Transfer-Encoding: chunked\r\n\r\n"
        for letter in body { text += "1\r\n\(letter)\r\n" }
        try client.connection.write(Array((text + "0\r\n\r\n").utf8))
        #expect(try await client.connection.response().status == 200)
        try client.connection.write(Array((head + "Content-Length: 3\r\n\r\n{\"a").utf8))
        #expect(try await client.connection.response().status == 400)
        #expect(chat.transcript.messages.map(\.text) == ["in pieces"])
    }

    @Test func `a client that asks before a long body is told to go on`() async throws {
        let client = try APIClient(telegram)
        let head = "POST /bot\(telegram.token)/getMe HTTP/1.1\r\nContent-Type: application/json\r\n"
        try client.connection.write(Array((head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n").utf8))
        #expect(try await client.connection.response().status == 100)
        try client.connection.write(Array("{}".utf8))
        #expect(try await client.connection.response().status == 200)
    }

    @Test func `a client that wants to end the connection is answered first`() async throws {
        let connection = try RawConnection(to: telegram)
        try connection.write(Array("GET /bot\(telegram.token)/getMe HTTP/1.1\r\nConnection: close\r\n\r\n".utf8))
        let bytes = try await connection.rest()
        #expect(RawResponse(bytes)?.status == 200)
    }

    @Test func `after a stop nobody is answered`() async throws {
        let client = try APIClient(telegram)
        _ = try await client.call("getMe")
        telegram.stop()
        await #expect(throws: RawConnection.Broken.self) { try await client.answer("getMe") }
        let late = try? RawConnection(to: telegram)  // the system may still have accepted it
        let bytes = try await late?.rest() ?? []
        #expect(bytes.isEmpty)
    }

    @Test func `a stop ends also those who wait`() async throws {
        let client = try APIClient(telegram)
        try client.connection.write(client.request("getUpdates", ["timeout": 50]))
        try await telegram.waitForPoll()
        telegram.stop()
        #expect(try await client.connection.rest().isEmpty)
        let call = try await telegram.waitForCall("getUpdates")
        #expect(call.outcome == .lost)
    }

    @Test func `of very many calls the last are remembered`() async throws {
        var rules = TelegramRules()
        rules.callLimit = 8
        let telegram = try FakeTelegram(rules: rules)
        let client = try APIClient(telegram)
        for _ in 0..<30 { try await client.call("getMe") }
        #expect((8...11).contains(telegram.calls.count) && telegram.calls.last?.index == 29)
        #expect(telegram.calls.allSatisfy { $0.outcome != .waiting })
    }

    @Test func `after the network failed who comes again is answered`() async throws {
        let client = try APIClient(telegram)
        _ = try await client.call("getMe")
        telegram.hangUp()
        await #expect(throws: RawConnection.Broken.self) { try await client.answer("getMe") }
        #expect(try await APIClient(telegram).refusal("getMe") == nil)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")))
    func `curl sends a document`() async throws {
        let chat = telegram.privateChat(with: telegram.addUser("Ann"))
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        let file = FileManager.default.temporaryDirectory.appending(path: "faketelegram-\(UUID()).md")
        try Data("# Title\r\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // left to the system otherwise
        curl.arguments = [
            "-s", "-o", "/dev/null", "-F", "chat_id=\(chat.id)", "-F", "caption=here", "-F",
            "document=@\(file.path(percentEncoded: false));type=text/markdown",
            "\(telegram.baseURL)/bot\(telegram.token)/sendDocument",
        ]
        try curl.run()
        let seen = try await chat.wait { !$0.messages.isEmpty }
        #expect(seen.messages.first?.file?.text == "# Title\r\n" && seen.messages.first?.text == "here")
        curl.waitUntilExit()
        #expect(curl.terminationStatus == 0)
    }
}
