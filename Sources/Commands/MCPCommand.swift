import ArgumentParser
import Control
import Conversation
import Foundation
import Store

/// `cm mcp`: the tools of a running core for agents, over standard input and output.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Serve tools about the running cm to an agent (Model Context Protocol on standard input and output).",
        discussion: """
            cm attaches this to the conversations of Codex and Copilot by itself. Any other MCP client can start it in a \
            workspace to look at the cm that runs there.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("The core's socket, instead of the workspace's.", valueName: "path"))
    var socket: String?
    @Option(help: ArgumentHelp("The session whose agent calls the tools; else tty:default.", valueName: "id"))
    var session: String?

    func run() async throws {
        do {
            let state = socket == nil ? try Place(common).state : nil
            let tools = DoorTools(
                session: session.map(SessionID.init(rawValue:)) ?? .terminal,
                key: ProcessInfo.processInfo.environment[ToolKeys.variable]
            ) { socket ?? state.flatMap { WorkspaceLock.holder(in: $0).socket } }
            let server = MCPServer(
                name: "cm", version: Program.version,
                instructions: "Tools about cm, the program that runs this conversation, and what works around it.",
                source: tools)
            try await server.run(over: StandardStreams.transport())
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
