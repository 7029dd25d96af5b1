import Control
import Foundation
import JSONRPC
import TestSupport
import Testing

/// What the server answers to each method.
@Suite(.timeLimit(.minutes(5))) struct MCPServerTests {
    private struct Broken: Error, CustomStringConvertible {
        var description: String { "the core is gone" }
    }

    // MARK: Greeting

    @Test(
        arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"].map { ($0, $0) } + [
            ("2023-01-01", "2025-06-18"), ("2099-12-31", "2025-06-18"), ("", "2025-06-18"),
        ])
    func `the agent's protocol is spoken where it is known`(asked: String, spoken: String) async throws {
        try await MCPPeer.play { peer in
            let answer = try await peer.ask("initialize", #"{"protocolVersion":"\#(asked)","capabilities":{}}"#)
            #expect(answer["result"]?["protocolVersion"] == .string(spoken))
        }
    }

    @Test(arguments: ["{}", "null", #"{"protocolVersion":7}"#, #"{"protocolVersion":null,"more":[]}"#])
    func `a greeting without a protocol is answered with one`(params: String) async throws {
        try await MCPPeer.play { peer in
            let answer = try await peer.ask("initialize", params)
            #expect(answer["result"]?["protocolVersion"] == "2025-06-18")
        }
    }

    @Test func `the greeting announces tools that may change, and nothing else`() async throws {
        try await MCPPeer.play(instructions: "Ask about cm.") { peer in
            let result = try await peer.ask("initialize")["result"]
            #expect(result?["capabilities"] == ["tools": ["listChanged": true]])
            #expect(result?["serverInfo"] == ["name": "cm", "title": "cm", "version": "1.2"])
            #expect(result?["instructions"] == "Ask about cm.")
        }
        try await MCPPeer.play { peer in
            let result = try await peer.ask("initialize")["result"]
            #expect(result?["instructions"] == nil)
        }
    }

    // MARK: Tools

    @Test func `a tool is listed with all that is known of it`() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["text": ["type": "string"]], "required": ["text"]]
        let tools = ScriptedTools(listed: {
            [
                ToolDescription(name: "status", title: "How it is", description: "Tells it."),
                ToolDescription(
                    name: "notify", description: "Tells people.", inputSchema: schema, readOnly: false,
                    destructive: true, openWorld: true, idempotent: false),
            ]
        })
        try await MCPPeer.play(tools) { peer in
            let answer = try await peer.ask("tools/list", #"{"cursor":"page 7"}"#)
            #expect(
                answer["result"] == [
                    "tools": [
                        [
                            "name": "status", "title": "How it is", "description": "Tells it.",
                            "inputSchema": ["type": "object", "properties": [:]],
                            "annotations": [
                                "title": "How it is", "readOnlyHint": true, "destructiveHint": false,
                                "idempotentHint": true, "openWorldHint": false,
                            ],
                        ],
                        [
                            "name": "notify", "title": "notify", "description": "Tells people.", "inputSchema": schema,
                            "annotations": [
                                "title": "notify", "readOnlyHint": false, "destructiveHint": true,
                                "idempotentHint": false, "openWorldHint": true,
                            ],
                        ],
                    ]
                ])
        }
    }

    @Test func `a description crosses JSON unchanged`() throws {
        let tool = ToolDescription(
            name: "notify", title: "Notify", description: "d", readOnly: false, destructive: true, openWorld: true,
            idempotent: false)
        #expect(try JSONDecoder().decode(ToolDescription.self, from: JSONEncoder().encode(tool)) == tool)
        let answer = ToolAnswer(text: "é\n", isError: true)
        #expect(try JSONDecoder().decode(ToolAnswer.self, from: JSONEncoder().encode(answer)) == answer)
    }

    @Test func `tools that cannot be had are an error`() async throws {
        try await MCPPeer.play(ScriptedTools(listed: { throw Broken() })) { peer in
            let answer = try await peer.ask("tools/list")
            #expect(answer["error"] == ["code": -32603, "message": "the core is gone"])
            let next = try await peer.ask("ping")
            #expect(next["result"] == [:])
        }
    }

    @Test(
        arguments: [
            (#"{"name":"status"}"#, [:]), (#"{"name":"status","arguments":null}"#, [:]),
            (#"{"name":"status","arguments":{"a":[1,"x"]},"_meta":{"progressToken":0}}"#, ["a": [1, "x"]]),
        ] as [(String, JSONValue)])
    func `a call gets its arguments, and is answered with words alone`(params: String, arguments: JSONValue)
        async throws
    {
        let tools = ScriptedTools(called: { name, arguments in ToolAnswer(text: "\(name) \(arguments)") })
        try await MCPPeer.play(tools) { peer in
            let answer = try await peer.ask("tools/call", params)
            #expect(
                answer["result"] == [
                    "content": [["type": "text", "text": .string("status \(arguments)")]], "isError": false,
                ])
        }
    }

    @Test(
        arguments: [
            (#"{"name":"nope"}"#, "there is no tool called nope"),
            (#"{"name":"strict","arguments":{}}"#, "strict: count is missing"),
            (#"{"name":"bare","arguments":{}}"#, "bare does not take these arguments"),
            (#"{"name":"status","arguments":[1]}"#, "status: the arguments are no object"),
            (#"{"name":"status","arguments":"x"}"#, "status: the arguments are no object"),
            (#"{"arguments":{}}"#, "tools/call: params.name is missing"),
            (#"{"name":7}"#, "tools/call: params.name is not of type String"),
            ("[]", "tools/call: params is not of type Dictionary<String, Any>"),
        ])
    func `a call that cannot be made is an error that says why`(params: String, message: String) async throws {
        let tools = ScriptedTools(called: { name, _ in
            switch name {
            case "strict": throw ToolRefusal.invalid(name, "count is missing")
            case "bare": throw ToolRefusal.invalid(name, "")
            default: throw ToolRefusal.unknown(name)
            }
        })
        try await MCPPeer.play(tools) { peer in
            let answer = try await peer.ask("tools/call", params)
            #expect(answer.code == -32602)
            #expect(answer["error"]?["message"] == .string(message))
        }
    }

    @Test func `a tool that fails is an answer that says why`() async throws {
        let tools = ScriptedTools(called: { name, _ in
            if name == "throws" { throw Broken() }
            return ToolAnswer(text: "no such session", isError: true)
        })
        try await MCPPeer.play(tools) { peer in
            let thrown = try await peer.ask("tools/call", #"{"name":"throws"}"#)
            #expect(thrown.words == "throws failed: the core is gone")
            #expect(thrown["result"]?["isError"] == true)
            let told = try await peer.ask("tools/call", #"{"name":"tells"}"#)
            #expect(told.words == "no such session")
            #expect(told["result"]?["isError"] == true)
        }
    }

    @Test func `a long answer is cut, and says so`() async throws {
        let longest = String(repeating: "é", count: 60_000)
        let tools = ScriptedTools(called: { name, _ in ToolAnswer(text: name == "long" ? longest + "!" : longest) })
        try await MCPPeer.play(tools) { peer in
            let whole = try await peer.ask("tools/call", #"{"name":"fits"}"#)
            #expect(whole.words == longest)
            let cut = try #require(try await peer.ask("tools/call", #"{"name":"long"}"#).words)
            #expect(cut.count == 60_000)
            #expect(cut.hasPrefix("ééé"))
            #expect(cut.hasSuffix("é\n[cut: the whole answer has 60001 characters; ask for less]"))
        }
    }

    // MARK: All else

    @Test(
        arguments: [
            ("ping", "{}", [:]), ("ping", "null", [:]), ("logging/setLevel", #"{"level":"debug"}"#, [:]),
            ("logging/setLevel", "{}", [:]), ("resources/list", "{}", ["resources": []]),
            ("resources/templates/list", "{}", ["resourceTemplates": []]), ("prompts/list", "{}", ["prompts": []]),
        ] as [(String, String, JSONValue)])
    func `what was not announced is answered all the same`(
        method: String, params: String, result: JSONValue
    ) async throws {
        try await MCPPeer.play { peer in
            let answer = try await peer.ask(method, params)
            #expect(answer["result"] == result)
        }
    }

    @Test(arguments: ["server/discover", "resources/read", "prompts/get", "completion/complete", "initialise", ""])
    func `a method that nobody knows is refused`(method: String) async throws {
        try await MCPPeer.play { peer in
            let answer = try await peer.ask(method)
            #expect(answer.code == -32601)
        }
    }

    @Test(
        arguments: [
            "", "   ", "{", "hello", "null", "[]", "7", #""text""#, #"{"jsonrpc":"2.0"}"#, #"{"id":3}"#,
            #"{"id":3,"result":{}}"#, #"{"id":3,"error":{"code":1,"message":"m"}}"#, #"{"id":1.5,"method":"ping"}"#,
            #"{"id":{},"method":"ping"}"#, #"{"method":"ping"}"#, #"{"method":"notifications/unknown","params":{}}"#,
            #"{"method":"notifications/cancelled"}"#,
            #"{"method":"notifications/cancelled","params":{"requestId":[]}}"#,
            #"{"method":"notifications/cancelled","params":{"requestId":99,"reason":"r"}}"#,
            #"{"method":"notifications/initialized"}"#, "\u{FEFF}{}", "\0",
        ])
    func `a line that asks nothing is passed over`(line: String) async throws {
        try await MCPPeer.play { peer in
            peer.say(line)
            let answer = try await peer.ask("ping")
            #expect(answer["result"] == [:])
        }
    }

    @Test func `identifiers come back as they were sent`() async throws {
        try await MCPPeer.play { peer in
            for id in ["0", "-1", #""""#, #""a/b""#, "9007199254740993"] {
                peer.say(#"{"id":\#(id),"method":"ping"}"#)
                let answer = try await peer.hear()
                #expect(answer["id"] == (try JSONDecoder().decode(JSONValue.self, from: Data(id.utf8))))
            }
        }
    }
}
