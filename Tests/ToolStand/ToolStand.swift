import Control

/// A server of tools for tests: speaks MCP on its standard streams, as the program itself does for its agents.
///
///     toolstand LOG
///
/// LOG is a file that gets a line for each thing that happens; see ``Tools``.
@main struct ToolStand {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else { fatalError("usage: toolstand LOG") }
        let tools = try Tools(log: CommandLine.arguments[1])
        let server = MCPServer(
            name: "toolstand", version: "1.0", instructions: "Tools for tests.", source: tools, changes: tools.changes)
        try await server.run(over: StandardStreams.transport())
        try tools.note("end")
    }
}
