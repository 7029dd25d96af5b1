import JSONRPC

/// The tools of a core that has none.
struct NoTools: ToolSource {
    func tools() async throws -> [ToolDescription] { [] }

    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer { throw ToolRefusal.unknown(name) }
}
