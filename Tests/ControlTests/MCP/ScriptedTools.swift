import Control
import JSONRPC
import TestSupport

/// Tools that do what the test says.
struct ScriptedTools: ToolSource {
    var listed: @Sendable () async throws -> [ToolDescription] = { [ToolDescription(name: "status", description: "d")] }
    /// Fails loudly unless the test expects calls.
    var called: @Sendable (String, JSONValue) async throws -> ToolAnswer = { name, _ in fatalError("\(name) was called")
    }

    func tools() async throws -> [ToolDescription] { try await listed() }

    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer { try await called(name, arguments) }
}
