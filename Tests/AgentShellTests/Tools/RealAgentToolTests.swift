import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

/// The tools of the core beside what users have of their own, in the released agents.
@Suite(.enabled(if: ReleasedAgents.areThere, ReleasedAgents.reason), .serialized, .timeLimit(.minutes(2)))
struct RealAgentToolTests {
    private static func request(resume: String? = nil, _ tools: ToolServer?) -> ThreadRequest {
        var request = ThreadRequest(session: .test, resume: resume, operations: NoOperations())
        request.tools = tools
        return request
    }

    @Test(arguments: RealCodex.programs)
    func `the user's own instructions for Codex stay, and none are told twice`(program: String) async throws {
        let world = try CodexWorld(), stand = ToolStand(in: world.home)
        try world.write("developer_instructions = \"BE BRIEF\"\n" + world.configuration, to: "config.toml")
        try world.write("HOME RULES", to: "AGENTS.md")
        try "PROJECT RULES".write(toFile: world.workspace + "/AGENTS.md", atomically: true, encoding: .utf8)
        let told = ["BE BRIEF", "HOME RULES", "PROJECT RULES", ToolStand.instructions]
        func checkWhatWasTold() throws {
            let text = try #require(try world.requests().last).body.input.map(\.text).joined(separator: "\n")
            for part in told {
                #expect(text.components(separatedBy: part).count == 2, "\(part) is not told once")
            }
        }
        var id: String?
        for _ in 1...3 {
            id = try await world.run(world.options(program)) { shell in
                let thread = try await shell.open(Self.request(resume: id, stand.server))
                #expect(id == nil || thread.id == id)
                for text in ["one", "two"] {
                    #expect(try await thread.events(of: text).last == .finished(.completed))
                    try checkWhatWasTold()
                }
                return thread.id
            }
        }
    }

    @Test(arguments: RealCodex.programs)
    func `a conversation of Codex that was begun without tools gets them when it is resumed`(
        program: String
    ) async throws {
        let world = try CodexWorld(), stand = ToolStand(in: world.home)
        let id = try await world.run(world.options(program)) { shell in
            let thread = try await shell.open(Self.request(nil))
            #expect(try await thread.events(of: "one").last == .finished(.completed))
            return thread.id
        }
        try await world.run(world.options(program)) { shell in
            let thread = try await shell.open(Self.request(resume: id, stand.server))
            #expect(thread.id == id)
            let events = try await thread.events(of: "[[tool: mcp__cm/status {}]] [[say: done]]")
            #expect(events.last == .finished(.completed))
            #expect(stand.calls() == ["call status {}"])
        }
    }

    @Test(arguments: RealCodex.programs)
    func `tools of the user's own in Codex are asked for as before`(program: String) async throws {
        let world = try CodexWorld(), stand = ToolStand(in: world.home)
        let table = "[mcp_servers.jobs]\ncommand = \"\(ToolStand.program)\"\nargs = [\"\(world.home)/jobs.log\"]\n"
        try world.write(world.configuration + table, to: "config.toml")
        try await world.run(world.options(program)) { shell in
            let thread = try await shell.open(Self.request(stand.server))
            let prompt = #"[[tool: mcp__jobs/notify {"text":"x"}]] [[say: done]]"#
            let events = try await thread.events(of: prompt, answering: .allow)
            #expect(events.requests.map(\.title) == [#"Allow the jobs MCP server to run tool "notify"?"#])
            #expect(events.actions.last?.status == .completed)
            #expect(world.file("jobs.log")?.contains("call notify") == true)
            #expect(stand.calls() == [])
        }
    }

    @Test func `the user's own instructions for Copilot stay, and none are told twice`() async throws {
        let world = try await RealCopilot(), stand = ToolStand(in: world.home.path)
        try "PROJECT RULES".write(toFile: world.file("AGENTS.md"), atomically: true, encoding: .utf8)
        var id: String?
        for _ in 1...2 {
            id = try await world.run { shell in
                let thread = try await shell.open(Self.request(resume: id, stand.server))
                #expect(id == nil || thread.id == id)
                let events = try await thread.events(of: "[[tool: cm-status {}]] [[say: done]]") { _ in
                    .deny(reason: nil)
                }
                #expect(events.result == .completed)
                #expect(events.requests == [])
                let text = try #require(try world.model.requests().last).conversation
                for part in ["PROJECT RULES", ToolStand.instructions] {
                    #expect(text.components(separatedBy: part).count == 2, "\(part) is not told once")
                }
                return thread.id
            }
        }
        #expect(stand.calls().count == 2)
    }
}
