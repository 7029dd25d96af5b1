import Conversation
import TestSupport
import Testing

@testable import Control
@testable import JSONRPC

@Suite(.timeLimit(.minutes(5))) struct AgentAccessTests {
    private static let person = #"{"text":"hi","author":"a","origin":"tty","sender":"s"}"#

    /// Every method but those of tools, with good parameters.
    static let forPeople = [
        #""handle","params":{"session":"tty:agents","message":\#(person)}"#,
        #""submit","params":{"session":"tty:agents","message":\#(person)}"#,
        #""revise","params":{"session":"tty:agents","key":"k","text":"ho"}"#,
        #""interrupt","params":{"session":"tty:agents"}"#,
        #""turn.interrupt","params":{"session":"tty:agents","turn":1}"#,
        #""answer","params":{"session":"tty:agents","approval":1,"decision":{"kind":"allow"},"person":\#(person)}"#,
        #""session.delete","params":{"session":"tty:agents"}"#, #""session.import","params":{"file":""}"#,
        #""position","params":{"session":"tty:agents"}"#,
        #""greeting","params":{"session":"tty:agents"}"#, #""approvals","params":{"session":"tty:agents"}"#,
        #""names""#, #""report","params":{"session":"tty:agents","query":{"kind":"status"}}"#, #""handOver""#,
        #""subscribe","params":{"session":"tty:agents"}"#, #""unsubscribe","params":{"subscription":1}"#,
    ]

    @Test func `the list of methods is whole`() async throws {
        try await ControlWorld.run { world in
            let client = ServedClient(of: world.server, judgedAs: .person)
            let listed = Self.forPeople.map { String($0.dropFirst().prefix { $0 != "\"" }) }
            #expect(Set(client.methods.methods.keys) == Set(listed + ["initialize", "tools.list", "tools.call"]))
        }
    }

    @Test(arguments: forPeople) func `an agent is refused, with the reason`(_ call: String) async throws {
        let journal = InMemoryJournal()
        try await ControlWorld.run(journal: journal) { world in
            try await world.withPeer(pid: ControlWorld.agent) { peer in
                let greeting = try await peer.ask(
                    #"{"id":0,"method":"initialize","params":{"protocol":{"min":1,"max":1},"client":{"name":"t","version":"0"},"session":"tty:agents","key":"right"}}"#
                )
                #expect(greeting["result"]?["role"] == "agent")
                let refusal = try await peer.error(#"{"id":1,"method":\#(call)}"#)
                let error = try #require(refusal)
                #expect(error.code == -32003)
                #expect(error.message.contains("process 7 was started by an agent"))
                #expect(error.message.contains("only call the tools of their own session"))
            }
            #expect(world.server.persons == 0)
        }
        #expect(journal.records.isEmpty)
    }

    @Test func `an agent calls the tools of its session and of no other`() async throws {
        try await ControlWorld.run { world in
            try await world.withStranger(pid: ControlWorld.agent) { client in
                let greeting = try await client.initialize(session: ControlWorld.session, key: "right")
                #expect(greeting.role == .agent(reason: "process 7 was started by an agent"))
                let tools = RemoteTools(client, of: ControlWorld.session)
                let names = try await tools.tools().map(\.name)
                #expect(names == ["who"])
                let answer = try await tools.call("who", [:])
                #expect(answer == ToolAnswer(text: "tty:agents"))
                let unknown = await #expect(throws: ToolRefusal.self) { try await tools.call("what", [:]) }
                #expect(unknown?.code == .unknownTool)
                let bad = await #expect(throws: ToolRefusal.self) { try await tools.call("who", ["bad": 1]) }
                #expect(bad?.description == "who: bad is no argument")
                let other = await #expect(throws: ControlError.self) {
                    try await client.send(ControlCall.ListTools(session: SessionName(.test)))
                }
                #expect(other?.code == .refused)
            }
        }
    }

    @Test func `without its key an agent may call nothing`() async throws {
        try await ControlWorld.run { world in
            try await world.withStranger(pid: ControlWorld.agent) { client in
                let wrong = await #expect(throws: ControlError.self) {
                    try await client.initialize(session: ControlWorld.session, key: "wrong")
                }
                #expect(wrong?.code == .refused)
                let stolen = await #expect(throws: ControlError.self) {
                    try await client.initialize(session: .test, key: "right")
                }
                #expect(stolen?.code == .refused)
                try await client.initialize(session: ControlWorld.session)
                let error = await #expect(throws: ControlError.self) {
                    try await RemoteTools(client, of: ControlWorld.session).tools()
                }
                #expect(error?.code == .refused)
                #expect(error?.description.contains("named no session with its key") == true)
            }
        }
    }

    @Test func `whoever shows an agent's key is one, whatever its process is`() async throws {
        try await ControlWorld.run { world in
            try await world.withStranger { client in
                let greeting = try await client.initialize(session: ControlWorld.session, key: "right")
                #expect(greeting.role == .agent(reason: "this is an agent's key"))
                let error = await #expect(throws: ControlError.self) { try await client.names() }
                #expect(error?.code == .refused)
            }
        }
    }

    @Test func `a call that its caller gives up is given up at the core`() async throws {
        let calls = Gate()
        try await ControlWorld.run {
            $0.tools = { _ in WaitingTools(gate: calls) }
        } _: { world in
            try await world.withStranger(pid: ControlWorld.agent) { client in
                try await client.initialize(session: ControlWorld.session, key: "right")
                await withTaskGroup(of: Bool.self) { group in
                    group.addTask {
                        do {
                            _ = try await RemoteTools(client, of: ControlWorld.session).call("wait", [:])
                            return false
                        } catch {
                            return error is CancellationError
                        }
                    }
                    await calls.reached()
                    group.cancelAll()
                    let isCancelled = await group.next()
                    #expect(isCancelled == true)
                }
                // The source tells it by another passage.
                await calls.reached(2)
            }
        }
    }
}

/// A tool that waits at a gate, and passes it once more when it is cancelled there.
private struct WaitingTools: ToolSource {
    let gate: Gate

    func tools() async throws -> [ToolDescription] { [] }

    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        do {
            try await gate.pass()
        } catch {
            try await gate.pass()
        }
        return ToolAnswer(text: "")
    }
}
