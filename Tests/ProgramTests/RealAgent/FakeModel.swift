import Foundation
import Testing

/// A model provider on this machine that does what the prompt says; see `fake_responses.py`.
final class FakeModel: Sendable {
    /// A request for an answer.
    struct Request: Decodable {
        /// What the user said last.
        var prompt: String
        /// Everything the model was told, as it came.
        var conversation: String

        private enum CodingKeys: CodingKey { case method, prompt, body }
        private struct Body: Decodable { var input: [Item] }
        private struct Item: Decodable {
            var content: [Part]?
            private enum CodingKeys: CodingKey { case content }
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                // What is said in another form is no matter of ours.
                content = try? container.decode([Part].self, forKey: .content)
            }
        }
        private struct Part: Decodable { var text: String? }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            prompt = try container.decode(String.self, forKey: .prompt)
            let parts = try container.decode(Body.self, forKey: .body).input.flatMap { $0.content ?? [] }
            conversation = parts.compactMap(\.text).joined(separator: "\n")
        }
    }

    /// Where it is, as agents are told.
    let address: String
    private let log: String
    private let directory: TemporaryDirectory
    private let pid: pid_t

    /// `arguments` are added to the server's own.
    init(_ more: String...) async throws {
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
