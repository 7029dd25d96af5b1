import JSONRPC

@testable import TestSupport

/// A bot's program, as far as the server can tell: calls methods one after the other on one connection.
struct APIClient: Sendable {
    let telegram: FakeTelegram
    let connection: RawConnection

    init(_ telegram: FakeTelegram) throws {
        self.telegram = telegram
        connection = try RawConnection(to: telegram)
    }

    struct Refused: Error {
        var code: Int
        var description: String
        var answer: JSONValue
    }

    /// The answer to a method.
    func answer(_ method: String, _ parameters: JSONValue = [:]) async throws -> RawResponse {
        try connection.write(request(method, parameters))
        return try await connection.response()
    }

    /// The result of a method; throws ``Refused``.
    @discardableResult func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try Self.result(try await answer(method, parameters))
    }

    /// The result in `response`; throws ``Refused``.
    static func result(_ response: RawResponse) throws -> JSONValue {
        let json = try response.json
        if json["ok"]?.isTrue == true, let result = json["result"] { return result }
        throw Refused(
            code: json["error_code"]?.integer ?? 0, description: json["description"]?.text ?? "", answer: json)
    }

    /// What a method was refused with, `nil` when it was not.
    func refusal(_ method: String, _ parameters: JSONValue = [:]) async throws -> String? {
        do {
            try await call(method, parameters)
            return nil
        } catch let refused as Refused {
            return "\(refused.code) \(refused.description)"
        }
    }

    /// The updates from `offset` on.
    func updates(from offset: Int = 0, _ more: [String: JSONValue] = [:]) async throws -> [JSONValue] {
        let parameters = more.merging(["offset": .integer(offset)]) { old, _ in old }
        return try await call("getUpdates", .object(parameters)).elements ?? []
    }

    /// Sends a text and returns the number of the message.
    func send(_ text: String, to chat: FakeChat, _ more: [String: JSONValue] = [:]) async throws -> Int {
        let parameters = more.merging(["chat_id": .integer(chat.id), "text": .string(text)]) { old, _ in old }
        return try await call("sendMessage", .object(parameters))["message_id"]?.integer ?? 0
    }

    /// The bytes of a call with a JSON body.
    func request(_ method: String, _ parameters: JSONValue = [:]) -> [UInt8] {
        Self.request("/bot\(telegram.token)/\(method)", "application/json", JSONWriter.bytes(of: parameters))
    }

    static func request(_ path: String, _ type: String, _ body: [UInt8]) -> [UInt8] {
        Array(
            "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n".utf8)
            + body
    }

    /// The bytes of a call with a form that has files.
    func form(
        _ method: String, _ values: [String: String], files: [String: (name: String, bytes: [UInt8])]
    ) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in values {
            body += "--frontier\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        for (field, file) in files {
            body +=
                "--frontier\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(file.name)\"\r\n".utf8
            body += "Content-Type: text/markdown\r\n\r\n".utf8 + file.bytes + "\r\n".utf8
        }
        body += "--frontier--\r\n".utf8
        return Self.request("/bot\(telegram.token)/\(method)", "multipart/form-data; boundary=frontier", body)
    }
}
