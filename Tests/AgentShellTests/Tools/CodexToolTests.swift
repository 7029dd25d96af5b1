import Conversation
import JSONRPC
import Logging
import TestSupport
import Testing

@testable import AgentShell

/// The tools that Codex gets of us.
@Suite(.timeLimit(.minutes(1))) struct CodexToolTests {
    private static let server = ToolServer(
        name: "cm", command: "/bin/cm", arguments: ["mcp", "--socket", "/s"], environment: ["A": "b"],
        instructions: "Ask cm.")

    private static let table: JSONValue = [
        "mcp_servers.cm": [
            "command": "/bin/cm", "args": ["mcp", "--socket", "/s"], "env": ["A": "b"],
            "default_tools_approval_mode": "approve", "startup_timeout_sec": 10, "tool_timeout_sec": 86400,
            "required": false,
        ]
    ]

    private static func request(
        resume: String? = nil, _ purpose: ThreadPurpose = .conversation, tools: ToolServer? = server
    ) -> ThreadRequest {
        var request = ThreadRequest(session: .test, resume: resume, operations: NoOperations())
        request.purpose = purpose
        request.tools = tools
        return request
    }

    @Test(
        arguments: [
            ("{}", "Ask cm."), (#"{"developer_instructions":"Be brief."}"#, "Be brief.\n\nAsk cm."),
            (#"{"developer_instructions":""}"#, "Ask cm."),
        ])
    func `a new conversation gets them, and the user's instructions before ours`(
        configuration: String, instructions: String
    ) async throws {
        try await withCodexPeer { peer, process, _ in
            async let opened = process.open(Self.request())
            peer.answer(try await peer.next("config/read"), #"{"config":\#(configuration)}"#)
            let start = try await peer.next("thread/start")
            #expect(start.params["config"] == Self.table)
            #expect(start.params["developerInstructions"] == .string(instructions))
            peer.answer(start, #"{"thread":{"id":"T"}}"#)
            _ = try await opened
        }
    }

    @Test func `a resumed conversation gets them again, and so does its fork`() async throws {
        try await withCodexPeer { peer, process, clock in
            async let opened = process.open(Self.request(resume: "T"))
            peer.answer(try await peer.next("config/read"), #"{"config":{}}"#)
            for elapsed in [200, 600, 1400] {
                let resume = try await peer.next("thread/resume")
                #expect(resume.params["config"] == Self.table)
                #expect(resume.params["developerInstructions"] == "Ask cm.")
                peer.refuse(resume, "thread T already has an active writer")
                await clock.sleeping(until: .milliseconds(elapsed))
                clock.advance(by: .milliseconds(elapsed) - clock.now.offset)
            }
            let fork = try await peer.next("thread/fork")
            #expect(fork.params["config"] == Self.table)
            #expect(fork.params["developerInstructions"] == "Ask cm.")
            peer.answer(fork, #"{"thread":{"id":"F"}}"#)
            #expect(try await opened.toolServer == "cm")
        }
    }

    @Test(arguments: [(.errand, Self.server), (.conversation, nil)] as [(ThreadPurpose, ToolServer?)])
    func `an errand gets none, and nobody does where there are none`(
        purpose: ThreadPurpose, tools: ToolServer?
    ) async throws {
        try await withCodexPeer { peer, process, _ in
            async let opened = process.open(Self.request(purpose, tools: tools))
            peer.answer(try await peer.next("config/read"), #"{"config":{"developer_instructions":"Be brief."}}"#)
            let start = try await peer.next("thread/start")
            #expect(start.params["config"] == nil && start.params["developerInstructions"] == nil)
            peer.answer(start, #"{"thread":{"id":"T"}}"#)
            #expect(try await opened.toolServer == nil)
        }
    }

    @Test(arguments: [("cm", "accept"), ("jobs", nil)])
    func `our tools are allowed at once, and others are asked for`(server: String, action: String?) async throws {
        try await withCodexPeer { peer, process, _ in
            async let opened = process.open(Self.request())
            peer.answer(try await peer.next("config/read"), #"{"config":{}}"#)
            peer.answer(try await peer.next("thread/start"), #"{"thread":{"id":"T"}}"#)
            let thread = try await opened
            async let started = thread.run(TurnRequest(text: "go"))
            peer.begin(try await peer.next("turn/start"))
            let events = try await started
            let meta = #"{"codex_approval_kind":"mcp_tool_call","tool_params":{}}"#
            peer.ask(
                3, "mcpServer/elicitation/request",
                #"{"threadId":"T","turnId":"t1","serverName":"\#(server)","message":"Allow?","_meta":\#(meta)}"#)
            if let action {
                let answer = try await peer.nextAnswer(to: 3)
                #expect(answer["result"] == ["action": .string(action), "content": [:]])
                peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
                let told = try await events.reduce(into: []) { $0.append($1) }
                #expect(told == [.finished(.completed)])
            } else {
                let first = try await events.first { _ in true }
                guard case .approval(let request)? = first else {
                    Issue.record("\(server) was not asked for")
                    return
                }
                #expect(request.title == "Allow?")
            }
        }
    }

    @Test func `a form of our own server is no call of a tool`() {
        let form: JSONValue = ["serverName": "cm", "message": "m", "requestedSchema": ["properties": [:]]]
        let reading = CodexApproval.read(
            "mcpServer/elicitation/request", form, id: .number(1), in: CodexTurn(), toolServer: "cm")
        guard case .ask = reading else {
            Issue.record("it was not asked")
            return
        }
    }

    @Test func `tools that do not start are one line in the log`() async throws {
        let log = RecordingLog()
        try await withCodexPeer(logger: log.logger) { peer, process, _ in
            for thread in ["T", "T", "U"] {
                for status in [#""starting","error":null"#, #""failed","error":"no such file""#] {
                    peer.tell(
                        CodexNews.ToolServerChanged.method,
                        #"{"threadId":"\#(thread)","name":"cm","status":\#(status)}"#)
                }
                peer.tell(CodexNews.ToolServerChanged.method, #"{"threadId":"T","name":"other","status":"ready"}"#)
            }
            async let checked: Void = process.check()
            // What was told before has been taken when this is asked for.
            peer.answer(try await peer.next("thread/loaded/list"), "{}")
            try await checked
        }
        let lines = log.text.split(separator: "\n").filter { $0.contains("a server of tools") }
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("warning ") == true)
        #expect(lines.first?.contains("cm") == true && lines.first?.contains("no such file") == true)
    }
}
