import Conversation
import Foundation
import JSONRPC
import LocalSockets
import TestSupport
import Testing

@testable import Control

@Suite(.timeLimit(.minutes(5))) struct HandshakeTests {
    @Test func `the core says who it is and what the client may be`() async throws {
        try await ControlWorld.run { world in
            try await world.withPeer { peer in
                let answer = try await peer.ask(
                    #"""
                    {"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocol":{"min":1,"max":9,"new":0},
                    "client":{"name":"cm chat","version":"9"},"mood":"good"},"extra":[]}
                    """#.replacing("\n", with: ""))
                #expect(
                    answer["result"] == [
                        "protocol": 1, "server": ["name": "cm", "version": "1.2.3"], "role": "person",
                        "host": ["pid": 4, "kind": "chat"],
                    ])
            }
        }
    }

    @Test func `persons are told the settings in force, agents are not, and an older core tells none`() async throws {
        let told = ["chat.mode": "plan", "codex.agent_model": nil]
        let standard = SessionStandard(mode: .single, profile: "work \"at home\"")
        try await ControlWorld.run {
            $0.settings = { told }
            $0.standard = { standard }
        } _: { world in
            try await world.withClient { client in
                #expect(client.greeting?.settings == told && client.greeting?.standard == standard)
            }
            try await world.withStranger(pid: ControlWorld.agent) { client in
                let greeting = try await client.initialize()
                #expect(greeting.settings == nil && greeting.standard == nil)
            }
        }
        try await ControlWorld.run { world in
            try await world.withClient { client in
                let greeting = try #require(client.greeting)
                #expect(greeting.settings == nil && greeting.standard == nil)
            }
        }
    }

    @Test(arguments: [
        (0, 0, "update the client"), (2, 3, "update the program that hosts the core"), (2, 1, "update"),
    ])
    func `versions that do not meet are named, with what to update`(_ min: Int, _ max: Int, _ advice: String)
        async throws
    {
        try await ControlWorld.run { world in
            try await world.withPeer { peer in
                let refusal = try await peer.error(
                    #"{"id":0,"method":"initialize","params":{"protocol":{"min":\#(min),"max":\#(max)},"client":{"name":"t","version":"0"}}}"#
                )
                let error = try #require(refusal)
                #expect(error.code == -32001)
                #expect(error.message.contains("protocol 1, the client"))
                #expect(error.message.contains(SpokenVersions(min: min, max: max).description))
                #expect(error.message.contains(advice))
            }
        }
    }

    @Test func `nothing is answered before, and nothing twice`() async throws {
        try await ControlWorld.run { world in
            try await world.withPeer { peer in
                let early = try await peer.error(#"{"id":1,"method":"names"}"#)
                #expect(early?.code == -32002)
                #expect(world.server.persons == 0)
                let first = try await peer.error(RawPeer.greeting)
                #expect(first == nil)
                #expect(world.server.persons == 1)
                let second = try await peer.error(RawPeer.greeting)
                #expect(second?.code == -32600)
                let names = try await peer.ask(#"{"id":2,"method":"names"}"#)
                #expect(names["result"]?["agents"] == ["scripted"])
            }
            _ = try await eventually("that the person is gone") { world.server.persons == 0 ? true : nil }
        }
    }

    @Test func `another user's process is told so, and let go`() async throws {
        try await ControlWorld.run { world in
            try await world.withPeer(uid: 12345) { peer in
                let refusal = try await peer.error(RawPeer.greeting)
                #expect(refusal?.code == -32003)
                #expect(refusal?.message == "this core belongs to another user")
                let end = try await peer.next()
                #expect(end == nil)
            }
        }
    }

    @Test func `unknown methods and bad parameters are answered by name`() async throws {
        try await ControlWorld.run { world in
            try await world.withPeer { peer in
                _ = try await peer.ask(RawPeer.greeting)
                let unknown = try await peer.error(#"{"id":1,"method":"dance"}"#)
                #expect(unknown?.code == -32601)
                for (line, member) in [
                    (#"{"id":1,"method":"interrupt","params":{}}"#, "session"),
                    (#"{"id":1,"method":"interrupt","params":{"session":7}}"#, "session"),
                    (#"{"id":1,"method":"interrupt","params":{"session":""}}"#, "session"),
                    (#"{"id":1,"method":"submit","params":{"session":"s","message":{"text":"t"}}}"#, "message.author"),
                    (#"{"id":1,"method":"report","params":{"session":"s","query":{"kind":"mood"}}}"#, "query"),
                    (#"{"id":1,"method":"subscribe","params":{"session":"s","after":{}}}"#, "after.cursor"),
                    (
                        #"{"id":1,"method":"answer","params":{"session":"s","approval":1,"decision":{"kind":"maybe"},"person":{"text":"","author":"a","origin":"tty","sender":"s"}}}"#,
                        "decision"
                    ),
                ] {
                    let error = try await peer.error(line)
                    #expect(error?.code == -32602, "\(line)")
                    #expect(error?.message.contains(member) == true, "\(error?.message ?? "")")
                }
            }
        }
    }

    @Test func `garbage is answered, and the conversation goes on`() async throws {
        let log = RecordingLog()
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            let world = ControlWorld(hub, logger: log.logger)
            try await world.withPeer { peer in
                let garbage = try await peer.error("SECRET {")
                #expect(garbage?.code == -32700)
                let nothing = try await peer.error(#"{"SECRET":1}"#)
                #expect(nothing?.code == -32600)
                let greeting = try await peer.error(RawPeer.greeting)
                #expect(greeting == nil)
                _ = try await peer.error(#"{"id":1,"method":"SECRET","params":{"SECRET":"SECRET"}}"#)
                _ = try await peer.error(#"{"id":1,"method":"submit","params":{"session":"SECRET"}}"#)
            }
        }
        let told = log.text.split(separator: "\n").filter { !$0.hasPrefix("debug") && !$0.hasPrefix("trace") }
        #expect(!told.contains { $0.contains("SECRET") }, "\(told)")
    }

    @Test func `a client that ends in the middle of a line is let go`() async throws {
        try await ControlWorld.run { world in
            let (near, far) = PipeEnd.pair()
            near.write(#"{"id":1,"meth"#)
            near.finish()
            await world.server.serve(far, from: Peer(pid: 1, uid: world.server.configuration.userID))
        }
    }

    @Test func `a host hands over when it is no monitor`() async throws {
        let asked = Counter()
        try await ControlWorld.run {
            $0.handOver = { name in
                #expect(name == ClientName(name: "test", version: "1"))
                asked.add()
                if asked.count > 1 { throw HandOverRefusal("it is leaving already") }
            }
        } _: { world in
            try await world.withClient { client in
                try await client.handOver()
                let error = await #expect(throws: ControlError.self) { try await client.handOver() }
                #expect(error?.code == .notHandedOver && error?.description == "it is leaving already")
            }
        }
        try await ControlWorld.run {
            $0.host.kind = .monitor
            $0.handOver = { _ in asked.add() }
        } _: { world in
            try await world.withClient { client in
                let error = await #expect(throws: ControlError.self) { try await client.handOver() }
                #expect(error?.code == .notHandedOver && error?.description == "process 4 is a monitor itself")
            }
        }
        #expect(asked.count == 2)
    }
}
