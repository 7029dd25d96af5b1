import Foundation
import TestSupport
import JSONRPC

/// A model provider on this machine that does what the prompt says; see `fake_chat.py`.
final class FakeChat: Sendable {
    /// A request for an answer, as the provider got it.
    struct Request {
        var prompt: String
        var model: String?
        /// Everything the model was told.
        var conversation: String
        /// How the caller said who it is.
        var authorization: String?
    }

    /// Where it is, as agents are told.
    let address: String
    private let directory: TemporaryDirectory
    private let process: Process

    /// Starts it and waits until it listens.
    init() async throws {
        directory = try TemporaryDirectory()
        let script = URL(filePath: #filePath).appending(path: "../../../Tools/fake_chat.py").standardizedFileURL
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", script.path(percentEncoded: false), "--port", "0", "--port-file", directory.file("port"),
            "--log", directory.file("requests.jsonl"),
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let port = directory.file("port")
        try await waiting { FileManager.default.contents(atPath: port)?.isEmpty == false }
        address = "http://127.0.0.1:\(try String(contentsOfFile: port, encoding: .utf8))/v1"
    }

    deinit { kill(process.processIdentifier, SIGKILL) }

    /// All requests for an answer so far.
    func requests() throws -> [Request] {
        let bytes = FileManager.default.contents(atPath: directory.file("requests.jsonl")) ?? Data()
        // The last line may not be whole yet.
        let complete = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex)]
        return try complete.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let entry = try JSONDecoder().decode(JSONValue.self, from: line)
            guard let body = entry["body"], let prompt = entry["prompt"]?.text else { return nil }
            let said: JSONValue = body["messages"] ?? body["input"] ?? .null
            let text = try JSONEncoder().encode(said)
            return Request(
                prompt: prompt, model: body["model"]?.text, conversation: String(decoding: text, as: UTF8.self),
                authorization: entry["headers"]?["authorization"]?.text)
        }
    }
}

/// Waits until `condition` is true, at most `limit`; throws when it does not become true.
func waiting(
    atMost limit: Duration = .seconds(20), until condition: @Sendable () async throws -> Bool
) async throws {
    _ = try await eventually("the condition holds", within: limit) { try await condition() ? true : nil }
}
