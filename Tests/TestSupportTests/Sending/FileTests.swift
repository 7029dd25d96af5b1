import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FileTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser
    private let chat: FakeChat

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann")
        chat = telegram.privateChat(with: ann)
    }

    private func download(_ path: String) async throws -> RawResponse {
        try client.connection.write(Array("GET /file/bot\(telegram.token)/\(path) HTTP/1.1\r\n\r\n".utf8))
        return try await client.connection.response()
    }

    @Test func `a user's document and photo can be fetched`() async throws {
        telegram.say("look", from: ann, file: ShownFile("a.txt", Array("text\r\n--x".utf8), contentType: "text/plain"))
        telegram.say("", from: ann, file: ShownFile("p.jpg", [0, 255, 13, 10], isPhoto: true))
        let updates = try await client.updates()
        let document = try #require(updates.first?["message"]?["document"])
        #expect(document["file_name"] == "a.txt" && document["mime_type"] == "text/plain" && document["file_size"] == 9)
        #expect(updates.first?["message"]?["caption"] == "look" && updates.first?["message"]?["text"] == nil)
        let photo = try #require(updates.last?["message"]?["photo"]?.elements?.last)
        for (file, bytes) in [(document, Array("text\r\n--x".utf8)), (photo, [0, 255, 13, 10])] {
            let path = try await client.call("getFile", ["file_id": file["file_id"] ?? ""])["file_path"]?.text
            #expect(try await download(try #require(path)).body == bytes)
        }
        #expect(try await download("documents/file_99").status == 404)
    }

    @Test func `a file beyond 20 MB cannot be fetched`() async throws {
        telegram.say("", from: ann, file: ShownFile("big.bin", [1], size: (20 << 20) + 1))
        let updates = try await client.updates()
        let id = try #require(updates.first?["message"]?["document"]?["file_id"])
        #expect(try await client.refusal("getFile", ["file_id": id]) == "400 Bad Request: file is too big")
        #expect(
            try await client.refusal("getFile", ["file_id": "x"])
                == "400 Bad Request: wrong file_id or the file is temporarily unavailable")
    }

    @Test func `the bot's document is seen, of up to 50 MB`() async throws {
        let values = ["chat_id": "\(chat.id)", "caption": "here"]
        let bytes = [UInt8](repeating: 13, count: 300_000) + [10]
        try client.connection.write(client.form("sendDocument", values, files: ["document": ("a \"b\".bin", bytes)]))
        #expect(try await client.connection.response().status == 200)
        let shown = try #require(chat.transcript.lastByBot?.file)
        #expect(shown.bytes == bytes && shown.contentType == "text/markdown")
        let empty = client.form("sendDocument", values, files: ["document": ("e", [])])
        try client.connection.write(empty)
        let refused = try await client.connection.response()
        #expect(try refused.json["description"] == "Bad Request: file must be non-empty")
        let large = [UInt8](repeating: 0, count: (50 << 20) + 1)
        try client.connection.write(client.form("sendDocument", values, files: ["document": ("l", large)]))
        #expect(try await client.connection.response().status == 413)
        #expect(try await client.refusal("sendDocument", ["chat_id": .integer(chat.id)])?.hasPrefix("400") == true)
        #expect(chat.transcript.byBot.count == 1)
    }

    @Test func `a photo of the bot is seen as one`() async throws {
        try client.connection.write(
            client.form("sendPhoto", ["chat_id": "\(chat.id)"], files: ["photo": ("p.png", [1, 2])]))
        let result = try APIClient.result(try await client.connection.response())
        #expect(result["photo"]?.elements?.count == 2)
        #expect(chat.transcript.lastByBot?.file?.isPhoto == true)
    }
}
