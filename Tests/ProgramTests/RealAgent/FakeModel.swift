import Foundation
import Testing

/// A model provider on this machine that does what the prompt says; see `fake_responses.py`.
final class FakeModel: Sendable {
    /// A request for an answer.
    struct Request: Decodable {
        /// What the user said last, or the script in its place.
        var prompt: String
        /// What the user said last, whatever the script.
        var message: String
        /// Everything the model was told, as it came.
        var conversation: String
        /// What tools said so far.
        var outputs: [String]
        /// The model that was asked.
        var model: String
        /// Whether the answer had to be JSON of a certain form.
        var hasSchema: Bool
        /// The conversation, as Codex names it to its model.
        var thread: String?

        private enum CodingKeys: CodingKey { case method, prompt, body }
        private struct Body: Decodable {
            struct Text: Decodable {
                struct Format: Decodable { var type: String }
                var format: Format?
            }
            var input: [Item]
            var model: String
            var text: Text?
            var prompt_cache_key: String?
        }
        private struct Item: Decodable {
            var content: [Part]?
            var role: String?
            var output: String?
            private enum CodingKeys: CodingKey { case content, role, output }
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                // What is said in another form is no matter of ours.
                content = try? container.decode([Part].self, forKey: .content)
                output =
                    (try? container.decode([Part].self, forKey: .output))?.compactMap(\.text).joined(separator: "\n")
                    ?? (try? container.decode(String.self, forKey: .output))
                role = try container.decodeIfPresent(String.self, forKey: .role)
            }
        }
        private struct Part: Decodable { var text: String? }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            prompt = try container.decode(String.self, forKey: .prompt)
            let body = try container.decode(Body.self, forKey: .body)
            model = body.model
            hasSchema = body.text?.format?.type == "json_schema"
            thread = body.prompt_cache_key
            message = body.input.last { $0.role == "user" }?.content?.compactMap(\.text).joined(separator: "\n") ?? ""
            outputs = body.input.compactMap(\.output)
            let parts = body.input.flatMap { $0.content ?? [] }
            conversation = parts.compactMap(\.text).joined(separator: "\n")
        }
    }

    /// Where it is, as agents are told.
    let address: String
    private let log: String
    private let directory: TemporaryDirectory
    private let pid: pid_t

    /// `arguments` are added to the server's own.
    convenience init(_ more: String...) async throws { try await self.init(more) }

    /// `arguments` are added to the server's own.
    init(_ more: [String]) async throws {
        directory = try TemporaryDirectory()
        log = directory.path + "/requests.jsonl"
        let script = URL(filePath: #filePath).appending(path: "../../../Tools/fake_responses.py").standardizedFileURL
        let output = try Spawn.pipe()
        let arguments = ["python3", script.path(percentEncoded: false), "--port", "0", "--log", log] + more
        var child = Spawn(
            "/usr/bin/env", arguments, environment: ProcessInfo.processInfo.environment, directory: directory.path)
        child.attach(input: try Spawn.null(), output: output.writing, errors: STDERR_FILENO)
        pid = try child.start()
        close(output.writing)
        let line = try await Transcript(reading: output.reading).line()
        address = try #require(line?.split(separator: " ").last.map(String.init))
    }

    deinit {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// All requests for an answer so far.
    func requests() throws -> [Request] {
        let bytes = FileManager.default.contents(atPath: log) ?? Data()
        return try bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard line.range(of: Data("\"prompt\": ".utf8)) != nil, line.range(of: Data("\"body\": ".utf8)) != nil
            else {
                return nil
            }
            return try JSONDecoder().decode(Request.self, from: line)
        }
    }
}
