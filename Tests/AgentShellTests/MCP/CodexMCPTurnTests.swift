import Conversation
import Foundation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexMCPTurnTests {
    private func value(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    /// What a turn makes of `events`, one a line, and of `result`.
    private func play(_ events: String, result: String? = nil) throws -> [AgentEvent] {
        var turn = CodexMCPTurn()
        var played: [AgentEvent] = []
        for line in events.split(separator: "\n") { played += turn.take(try value(String(line))) }
        if let result { played += turn.take(CodexMCPResult(try value(result))) }
        return played
    }

    private static let done = #"{"structuredContent":{"threadId":"t1","content":"all done"},"content":[]}"#

    // MARK: As Codex 0.147.0 reported it; ids and paths replaced, some members left out

    @Test func `a thought, a message in pieces and its cost`() throws {
        let events = try play(
            #"""
            {"type":"session_configured","session_id":"t1","thread_id":"t1","model":"gpt-5.5"}
            {"type":"mcp_startup_complete","ready":[],"failed":[],"cancelled":[]}
            {"type":"task_started","turn_id":"3","started_at":1795251295,"model_context_window":258400}
            {"type":"item_started","turn_id":"3","item":{"type":"UserMessage","id":"u1","content":[]}}
            {"type":"item_started","turn_id":"3","item":{"type":"Reasoning","id":"rs_1","summary_text":[]}}
            {"type":"agent_reasoning_section_break","item_id":"rs_1","summary_index":0}
            {"type":"agent_reasoning","text":"let me think"}
            {"type":"item_started","turn_id":"3","item":{"type":"AgentMessage","id":"msg_1","content":[]}}
            {"type":"agent_message_content_delta","turn_id":"3","item_id":"msg_1","delta":"all"}
            {"type":"agent_message_content_delta","turn_id":"3","item_id":"msg_1","delta":" done"}
            {"type":"agent_message","message":"all done","phase":null,"memory_citation":null}
            {"type":"token_count","info":{"total_token_usage":{"input_tokens":100,"output_tokens":20},"last_token_usage":{"input_tokens":100,"output_tokens":20}}}
            {"type":"token_count","info":{"total_token_usage":{"input_tokens":100,"output_tokens":20},"last_token_usage":{"input_tokens":100,"output_tokens":20}}}
            {"type":"task_complete","turn_id":"3","last_agent_message":"all done","duration_ms":224}
            """#, result: Self.done)
        #expect(
            events == [
                .action(Action(id: "reasoning 0", kind: .reasoning, title: "let me think", status: .completed)),
                .began, .delta("all"), .delta(" done"), .message("all done"),
                .usage(Usage(inputTokens: 100, outputTokens: 20)), .finished(.completed),
            ])
    }

    @Test func `a command between two messages`() throws {
        let events = try play(
            #"""
            {"type":"agent_message","message":"running it"}
            {"type":"exec_command_begin","call_id":"call_1","process_id":"34774","turn_id":"x","command":["/bin/bash","-lc","echo hi > z.txt; ls"],"cwd":"file:///project","source":"unified_exec_startup"}
            {"type":"exec_command_output_delta","call_id":"call_1","stream":"stdout","chunk":"ei50eHQK"}
            {"type":"exec_command_end","call_id":"call_1","command":["/bin/bash","-lc","echo hi > z.txt; ls"],"exit_code":0,"status":"completed"}
            {"type":"agent_message","message":"all done"}
            """#, result: Self.done)
        let action = Action(id: "call_1", kind: .command, title: "echo hi > z.txt; ls", status: .started)
        var closed = action
        closed.status = .completed
        #expect(
            events == [
                .began, .message("running it"), .action(action), .action(closed), .began, .message("all done"),
                .finished(.completed),
            ])
    }

    @Test func `a patch, declined`() throws {
        let events = try play(
            #"""
            {"type":"patch_apply_begin","call_id":"c","auto_approved":false,"changes":{"/b":{"type":"add","content":"X\n"},"/a":{"type":"delete"}}}
            {"type":"apply_patch_approval_request","call_id":"c","changes":{"/b":{"type":"add","content":"X\n"}}}
            {"type":"patch_apply_end","call_id":"c","stdout":"","stderr":"approval request failed","success":false,"status":"declined"}
            """#)
        #expect(
            events
                == [Action.Status.started, .declined].map { status in
                    .action(
                        Action(
                            id: "c", kind: .file, title: status == .started ? "/a, /b" : "change files", status: status)
                    )
                })
    }

    @Test func `a plan and tools`() throws {
        let events = try play(
            #"""
            {"type":"plan_update","explanation":null,"plan":[{"step":"one","status":"in_progress"},{"step":"two","status":"pending"}]}
            {"type":"mcp_tool_call_begin","call_id":"t","invocation":{"server":"sup","tool":"start_job","arguments":{}}}
            {"type":"mcp_tool_call_end","call_id":"t","invocation":{"server":"sup","tool":"start_job","arguments":{}},"result":{"Err":"no"}}
            {"type":"web_search_begin","call_id":"w"}
            {"type":"web_search_end","call_id":"w","query":"cats"}
            """#)
        let titles = events.map {
            if case .action(let action) = $0 { "\(action.kind) \(action.title) \(action.status)" } else { "" }
        }
        #expect(
            titles == [
                "plan one started", "tool sup.start_job started", "tool sup.start_job: no failed",
                "search web search started", "search cats completed",
            ])
    }

    @Test(arguments: [
        (#"{"type":"exec_command_end","call_id":"c","command":["make"],"exit_code":2}"#, "make (exit 2)"),
        (
            #"{"type":"patch_apply_end","call_id":"c","changes":{"/a":{}},"stderr":"no such\nline","success":false}"#,
            "/a: no such"
        ),
        (
            #"{"type":"mcp_tool_call_end","call_id":"c","result":{"Ok":{"isError":true,"content":[{"text":"no"}]}}}"#,
            "a tool: no"
        ),
    ])
    func `what failed says why`(event: String, title: String) throws {
        let actions = try play(event).compactMap { if case .action(let action) = $0 { action } else { nil } }
        #expect(actions.map(\.title) == [title])
        #expect(actions.map(\.status) == [.failed])
    }

    @Test func `a provider that fails after a retry`() throws {
        let events = try play(
            #"""
            {"type":"stream_error","message":"Reconnecting... 1/1","codex_error_info":{"response_stream_disconnected":{"http_status_code":401}},"additional_details":"unexpected status 401 Unauthorized"}
            {"type":"error","message":"unexpected status 401 Unauthorized","codex_error_info":"other"}
            """#,
            result: #"{"isError":true,"content":[{"type":"text","text":"unexpected status 401 Unauthorized"}]}"#)
        #expect(
            events == [
                .retrying("Reconnecting... 1/1: unexpected status 401 Unauthorized"),
                .finished(.failed(TurnError(kind: .auth, message: "unexpected status 401 Unauthorized"))),
            ])
    }

    @Test(arguments: [
        (#""usage_limit_exceeded""#, TurnError.Kind.quota), (#""context_window_exceeded""#, .context),
        (#""internal_server_error""#, .network), (#""unauthorized""#, .auth),
        (#"{"response_too_many_failed_attempts":{"http_status_code":429}}"#, .rateLimit),
        (#"{"http_connection_failed":{"http_status_code":null}}"#, .network), (#""other""#, .internal),
    ])
    func `what went wrong has its kind`(info: String, kind: TurnError.Kind) throws {
        let events = try play(
            #"{"type":"error","message":"no","codex_error_info":\#(info)}"#,
            result: #"{"isError":true,"content":[{"type":"text","text":"no"}]}"#)
        // `other` says nothing: Codex did not try.
        let expected = kind == .internal ? TurnError.Kind.refused : kind
        #expect(events == [.finished(.failed(TurnError(kind: expected, message: "no")))])
    }

    // MARK: As others may report it

    @Test func `the result is the answer where there are no events`() throws {
        let result = #"{"content":[{"type":"text","text":"all"},{"type":"text","text":"done"}]}"#
        #expect(try play("", result: result) == [.began, .message("all\ndone"), .finished(.completed)])
        #expect(try play("", result: #"{"content":[]}"#) == [.finished(.completed)])
    }

    @Test func `a message that was never completed is the result`() throws {
        let events = try play(#"{"type":"agent_message_delta","delta":"all"}"#, result: Self.done)
        #expect(events == [.began, .delta("all"), .message("all done"), .finished(.completed)])
    }

    @Test func `pieces that are told twice are said once`() throws {
        let events = try play(
            #"""
            {"type":"agent_message_delta","delta":"all"}
            {"type":"agent_message_content_delta","item_id":"m","delta":"all"}
            {"type":"agent_message_delta","delta":" done"}
            {"type":"agent_message_content_delta","item_id":"m","delta":" done"}
            {"type":"agent_message","message":"all done"}
            """#)
        #expect(events == [.began, .delta("all"), .delta(" done"), .message("all done")])
    }

    @Test func `an unknown deed is an action, an unknown event nothing`() throws {
        let events = try play(
            #"""
            {"type":"time_travel_begin","call_id":"c"}
            {"type":"news","call_id":"c"}
            {"type":"time_travel_end","call_id":"c","success":false}
            {"kind":"none"}
            []
            """#)
        #expect(
            events
                == [Action.Status.started, .failed].map {
                    .action(Action(id: "c", kind: .tool, title: "time travel", status: $0))
                })
    }

    @Test func `what was cut off is closed, and nothing comes after the end`() throws {
        let begun = #"{"type":"exec_command_begin","call_id":"c","command":["ls"]}"#
        let aborted = #"{"type":"turn_aborted","reason":"interrupted"}"#
        let events = try play("\(begun)\n\(aborted)\n\(aborted)\n\(begun)", result: Self.done)
        #expect(
            events == [
                .action(Action(id: "c", kind: .command, title: "ls", status: .started)),
                .action(Action(id: "c", kind: .command, title: "ls", status: .failed)), .finished(.interrupted),
            ])
    }

    @Test func `a question about a tool is open until the tool is done`() throws {
        var turn = CodexMCPTurn()
        _ = turn.take(
            try value(#"{"type":"elicitation_request","server_name":"sup","id":"mcp_tool_call_approval_call_1"}"#))
        #expect(turn.unasked == ["mcp_tool_call_approval_call_1": "sup"])
        _ = turn.take(try value(#"{"type":"mcp_tool_call_end","call_id":"call_1","result":{"Ok":{}}}"#))
        #expect(turn.unasked == [:])
    }

    @Test func `any cut of a turn's events plays without a fault`() throws {
        let lines = [
            #"{"type":"exec_command_begin","call_id":"c"}"#,
            #"{"type":"exec_command_end","call_id":"c","exit_code":1}"#,
            #"{"type":"agent_message_content_delta","delta":"x"}"#, #"{"type":"token_count","info":null}"#,
            #"{"type":"plan_update","plan":"none"}"#, #"{"type":"agent_message"}"#, #"{"type":"error"}"#,
            #"{"type":"item_started"}"#, #"{"type":"stream_error"}"#, #"{"type":"turn_aborted"}"#,
        ]
        for first in lines.indices {
            for second in lines.indices {
                let events = try play(lines[first] + "\n" + lines[second], result: Self.done)
                #expect(events.count { if case .finished = $0 { true } else { false } } == 1)
            }
        }
    }
}
