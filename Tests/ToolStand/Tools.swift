import Control
import Foundation
import JSONRPC

/// The tools of the tests, each call of which is noted in a file: `call NAME ARGUMENTS`.
///
/// The first line is `start` with the value of the variable `TOOLSTAND_MARK`.
struct Tools: ToolSource {
    private struct Broken: Error, CustomStringConvertible {
        var description: String { "it is broken" }
    }

    /// Yields at each call of `change`.
    let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation
    private let log: FileHandle

    init(log path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(filePath: path))
        }
        log = try FileHandle(forWritingTo: URL(filePath: path))
        (changes, change) = AsyncStream.makeStream()
        try note("start \(ProcessInfo.processInfo.environment["TOOLSTAND_MARK"] ?? "")")
    }

    /// Adds a line to the file.
    func note(_ line: String) throws {
        try log.seekToEnd()
        try log.write(contentsOf: Data((line + "\n").utf8))
    }

    func tools() -> [ToolDescription] {
        let text: JSONValue = [
            "type": "object", "properties": ["text": ["type": "string"]], "required": ["text"],
        ]
        return [
            ToolDescription(name: "status", title: "How it is", description: "Tells how the program is."),
            ToolDescription(
                name: "notify", description: "Tells people something.", inputSchema: text, readOnly: false,
                destructive: true, openWorld: true, idempotent: false),
            ToolDescription(name: "fail", description: "Fails."),
            ToolDescription(name: "long", description: "Says very much."),
            ToolDescription(name: "wait", description: "Never answers."),
            ToolDescription(name: "change", description: "Changes the tools."),
        ]
    }

    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try note("call \(name) \(String(decoding: try encoder.encode(arguments), as: UTF8.self))")
        switch name {
        case "status": return ToolAnswer(text: "the status is pineapple")
        case "notify":
            guard let text = arguments["text"]?.text else { throw ToolRefusal.invalid(name, "text is missing") }
            return ToolAnswer(text: "told: \(text)")
        case "fail": throw Broken()
        case "long": return ToolAnswer(text: String(repeating: "word ", count: 20_000))
        case "wait":
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                try note("cancelled wait")
                throw error
            }
            return ToolAnswer(text: "")
        case "change":
            change.yield()
            return ToolAnswer(text: "changed")
        default: throw ToolRefusal.unknown(name)
        }
    }
}
