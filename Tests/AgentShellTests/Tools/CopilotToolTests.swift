import Conversation
import JSONRPC
import TestSupport
import Testing

@testable import AgentShell

/// The tools that Copilot gets of us.
@Suite(.timeLimit(.minutes(1))) struct CopilotToolTests {
    private static let server = ToolServer(
        name: "cm", command: "/bin/cm", arguments: ["mcp"], environment: ["A": "b"], instructions: "Ask cm.")

    private static func request(
        resume: String? = nil, _ purpose: ThreadPurpose = .conversation, tools: ToolServer? = server
    ) -> ThreadRequest {
        var request = ThreadRequest(session: .test, resume: resume, operations: NoOperations())
        request.purpose = purpose
        request.tools = tools
        return request
    }

    @Test(arguments: [nil, "S"])
    func `a session gets them when it is created, and whenever it is resumed`(resume: String?) async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            async let opened = process.open(Self.request(resume: resume))
            if resume != nil { peer.answer(try await peer.next("sessions.checkInUse"), ["inUse": []]) }
            let call = try await peer.next(resume == nil ? "session.create" : "session.resume")
            #expect(
                call.params["mcpServers"] == [
                    "cm": [
                        "type": "stdio", "command": "/bin/cm", "args": ["mcp"], "env": ["A": "b"], "tools": ["*"],
                        "timeout": 86_400_000,
                    ]
                ])
            #expect(call.params["systemMessage"] == ["mode": "append", "content": "Ask cm."])
            peer.answer(call)
            _ = try await opened
        }
    }

    @Test(arguments: [(.errand, Self.server), (.conversation, nil)] as [(ThreadPurpose, ToolServer?)])
    func `an errand gets none, and nobody does where there are none`(
        purpose: ThreadPurpose, tools: ToolServer?
    ) async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            async let opened = process.open(Self.request(purpose, tools: tools))
            let call = try await peer.next("session.create")
            #expect(call.params["mcpServers"] == nil && call.params["systemMessage"] == nil)
            peer.answer(call)
            _ = try await opened
        }
    }

    @Test func `our tools are allowed at once, and others are asked for`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            async let opened = process.open(Self.request())
            peer.answer(try await peer.next("session.create"))
            let thread = try await opened
            let events = try await peer.begin(thread)
            func ask(_ server: String, _ id: String) {
                let tool: JSONValue = [
                    "kind": "mcp", "serverName": .string(server), "toolName": "notify", "args": [:], "readOnly": false,
                ]
                peer.tell(
                    thread, "permission.requested",
                    ["requestId": .string(id), "permissionRequest": tool, "promptRequest": tool])
            }
            ask("cm", "ours")
            let decided = try await peer.next("session.permissions.handlePendingPermissionRequest")
            #expect(decided.params["requestId"] == "ours")
            #expect(decided.params["result"] == ["kind": "approve-once"])
            peer.answer(decided)
            ask("jobs", "theirs")
            let first = try await events.first { _ in true }
            guard case .approval(let request)? = first else {
                Issue.record("the other server was not asked for")
                return
            }
            #expect(request.title == "jobs.notify")
        }
    }

    @Test(
        arguments: [
            (["kind": "mcp", "serverName": "cm"], "cm", true), (["kind": "mcp", "serverName": "cm"], nil, false),
            (["kind": "mcp"], nil, false), (["kind": "mcp"], "cm", false),
            (["kind": "shell", "serverName": "cm", "fullCommandText": "rm"], "cm", false),
            (["kind": "mcp", "serverName": "cmx"], "cm", false),
        ] as [(JSONValue, String?, Bool)])
    func `only a tool of our own server needs nobody`(asked: JSONValue, server: String?, isHarmless: Bool) throws {
        let data: JSONValue = ["requestId": "1", "permissionRequest": asked, "promptRequest": asked]
        let permission = try #require(CopilotPermission(data, toolServer: server))
        #expect(permission.isHarmless == isHarmless)
    }
}
