import Control
import Foundation
import JSONRPC
import TestSupport

/// An agent that says exactly what a test writes.
final class MCPPeer {
    private struct Silence: Error {}

    private let end: PipeEnd
    private var iterator: AsyncThrowingStream<Data, any Error>.Iterator

    private init(_ end: PipeEnd) {
        self.end = end
        iterator = end.lines.makeAsyncIterator()
    }

    /// Runs a server of `tools` while `body` plays the agent, and ends it by the end of its input.
    static func play(
        _ tools: ScriptedTools = ScriptedTools(), instructions: String? = nil, changes: AsyncStream<Void>? = nil,
        _ body: (MCPPeer) async throws -> Void
    ) async throws {
        let server = MCPServer(
            name: "cm", version: "1.2", instructions: instructions, source: tools, changes: changes)
        let (ours, theirs) = PipeEnd.pair()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(over: ours) }
            do {
                try await body(MCPPeer(theirs))
            } catch {
                group.cancelAll()
                throw error
            }
            theirs.finish()
            try await group.waitForAll()
        }
    }

    func say(_ line: String) { end.write(line) }

    /// The next message of the server.
    func hear() async throws -> JSONValue {
        guard let line = try await iterator.next(isolation: #isolation) else { throw Silence() }
        return try JSONDecoder().decode(JSONValue.self, from: line)
    }

    /// What the server answers to a request; nothing may come before it.
    func ask(_ method: String, _ params: String = "{}") async throws -> JSONValue {
        say(#"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":\#(params)}"#)
        let answer = try await hear()
        return answer["id"] == 7 ? answer : ["something else": answer]
    }
}

extension JSONValue {
    /// The code of the error that an answer is.
    var code: JSONValue? { self["error"]?["code"] }

    /// The words of a tool's answer.
    var words: String? {
        guard case .array(let parts)? = self["result"]?["content"], parts.count == 1, parts[0]["type"] == "text" else {
            return nil
        }
        return parts[0]["text"]?.text
    }
}
