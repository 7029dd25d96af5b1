import Conversation
import JSONRPC
import Testing

@testable import AgentShell

/// What Codex asks, as a person gets to see it, and how the answers go back.
@Suite struct CodexApprovalTests {
    private struct NotAsked: Error {
        var reading: CodexApproval.Reading
    }

    // MARK: Commands

    @Test func `a command is asked for with its place, and the model's words apart`() throws {
        let approval = try ask(
            "item/commandExecution/requestApproval",
            [
                "command": "/bin/bash -lc 'touch f'", "cwd": "/project", "reason": "to have it",
                "commandActions": [["type": "unknown", "command": "touch f"]],
            ])
        let request = ApprovalRequest(
            id: "a7", kind: .command, title: "touch f", detail: "in /project", reason: "to have it")
        #expect(approval.request == request)
    }

    @Test func `a command that differs in a letter or a space is another permission`() throws {
        let commands = ["rm -rf a  b", "rm -rf a b", "rm -rf a\nb", "rm -rf 'a' b", "cat x | sh", "cat x"]
        let permissions = try commands.map { command in
            try ask("item/commandExecution/requestApproval", ["command": .string(command)]).request.permission
        }
        #expect(Set(permissions).count == commands.count)
    }

    @Test func `a command that Codex tells in its own words is shown whole as well`() throws {
        let whole = "/bin/bash -lc \"cat 'x' | sh\""
        let approval = try ask(
            "item/commandExecution/requestApproval",
            ["command": .string(whole), "commandActions": [["type": "read", "command": "cat x"]]])
        #expect(approval.request.title == "cat x")
        #expect(approval.request.detail == whole)
    }

    @Test func `what a command wants beyond the sandbox is part of what is asked`() throws {
        let approval = try ask(
            "item/commandExecution/requestApproval",
            [
                "command": "curl x", "networkApprovalContext": ["host": "x", "protocol": "https"],
                "additionalPermissions": ["network": ["enabled": true]],
            ])
        #expect(approval.request.detail.contains(#""host" : "x""#))
        #expect(approval.request.detail.contains(#""enabled" : true"#))
    }

    @Test func `a command that nobody names is still asked for`() throws {
        #expect(try ask("item/commandExecution/requestApproval", [:]).request.title == "a command")
    }

    @Test(
        arguments: [
            (ApprovalDecision.allow, "accept"), (.allowForSession, "accept"), (.answer("ok"), "accept"),
            (.deny(reason: "no"), "decline"),
        ])
    func `a command is answered in Codex's words`(decision: ApprovalDecision, word: String) throws {
        let approval = try ask("item/commandExecution/requestApproval", ["command": "ls"])
        #expect(try reply(approval, decision) == ["decision": .string(word)])
        #expect(approval.losesReasons)
    }

    // MARK: Files

    @Test func `a file change is asked for with all of its diff`() throws {
        var turn = CodexTurn()
        turn.learn("1")
        let changes: JSONValue = [
            ["path": "/project/a", "kind": ["type": "add"], "diff": "new\n"],
            ["path": "/project/b", "kind": ["type": "update", "move_path": "/project/c"], "diff": "-x\n+y"],
        ]
        let item: JSONValue = ["type": "fileChange", "id": "f", "changes": changes]
        _ = turn.take("item/started", ["turnId": "1", "item": item])
        let approval = try ask("item/fileChange/requestApproval", ["itemId": "f", "grantRoot": "/project"], in: turn)
        #expect(approval.request.kind == .file)
        #expect(approval.request.title == "/project/a, /project/b")
        #expect(
            approval.request.detail == """
                add /project/a
                new

                update /project/b -> /project/c
                -x
                +y
                and, until the session ends, any change under /project
                """)
        // The one answer of Codex for the session would allow other changes of these files.
        #expect(try reply(approval, .allowForSession) == ["decision": "accept"])
    }

    @Test func `a file change that was told anew is asked for as it is now`() throws {
        var turn = CodexTurn()
        turn.learn("1")
        let item: JSONValue = ["type": "fileChange", "id": "f", "changes": [["path": "a", "diff": "old"]]]
        _ = turn.take("item/started", ["turnId": "1", "item": item])
        let changes: JSONValue = [["path": "b", "diff": "new"]]
        _ = turn.take("item/fileChange/patchUpdated", ["turnId": "1", "itemId": "f", "changes": changes])
        let approval = try ask("item/fileChange/requestApproval", ["itemId": "f"], in: turn)
        #expect(approval.request.title == "b")
        #expect(approval.request.detail == "change b\nnew")
    }

    @Test func `a diff beyond the limit is cut, and another one of the same length stays another permission`() throws {
        func detail(_ end: String) throws -> String {
            var turn = CodexTurn()
            turn.learn("1")
            let diff = String(repeating: "+ a line\n", count: 20_000) + end
            let item: JSONValue = ["type": "fileChange", "id": "f", "changes": [["path": "a", "diff": .string(diff)]]]
            _ = turn.take("item/started", ["turnId": "1", "item": item])
            return try ask("item/fileChange/requestApproval", ["itemId": "f"], in: turn).request.detail
        }
        #expect(try detail("x").count <= 100_000)
        #expect(try detail("x") == detail("x"))
        #expect(try detail("x") != detail("y"))
    }

    @Test func `a file change that was never told is asked for without its diff`() throws {
        let approval = try ask("item/fileChange/requestApproval", ["itemId": "f"])
        #expect(approval.request.title == "change files")
        #expect(approval.request.detail == "")
    }

    // MARK: Permissions

    @Test(arguments: [ApprovalDecision.allow, .allowForSession])
    func `permissions are granted as they were asked for, and for the turn`(decision: ApprovalDecision) throws {
        let asked: JSONValue = ["network": ["enabled": true], "fileSystem": ["write": ["/elsewhere"]]]
        let approval = try ask("item/permissions/requestApproval", ["permissions": asked, "reason": "why"])
        #expect(approval.request.title == "more permissions")
        #expect(approval.request.detail.contains("/elsewhere"))
        #expect(!approval.request.isReadOnly)
        #expect(try reply(approval, decision) == ["permissions": asked, "scope": "turn"])
    }

    @Test func `permissions that are denied are none`() throws {
        let approval = try ask("item/permissions/requestApproval", ["permissions": ["network": ["enabled": true]]])
        #expect(try reply(approval, .deny(reason: nil)) == ["permissions": [:], "scope": "turn"])
    }

    // MARK: Tools

    @Test func `a tool is asked for with its arguments, and allowed for these alone`() throws {
        let approval = try tool(["b": 1, "a": "x/y"])
        #expect(approval.request.kind == .tool)
        #expect(approval.request.title == #"Allow the jobs MCP server to run tool "start"?"#)
        #expect(approval.request.detail == "{\n  \"a\" : \"x/y\",\n  \"b\" : 1\n}")
        #expect(try reply(approval, .allowForSession) == ["action": "accept", "content": [:]])
        #expect(try reply(approval, .deny(reason: nil)) == ["action": "decline"])
        #expect(try approval.request.permission != tool(["b": 2, "a": "x/y"]).request.permission)
    }

    @Test(
        arguments: [
            (["server": "jobs", "tool": "start", "readOnlyHint": true], true),
            (["server": "jobs", "tool": "start"], false),
            (["server": "jobs", "tool": "list", "readOnlyHint": true], false),
            (["server": "others", "tool": "start", "readOnlyHint": true], false),
        ] as [(JSONValue, Bool)])
    func `a tool is read-only when a call of just this tool says so`(call: JSONValue, isReadOnly: Bool) throws {
        guard case .object(var members) = call else { return }
        members["type"] = "mcpToolCall"
        members["id"] = "c"
        var turn = CodexTurn()
        turn.learn("1")
        _ = turn.take("item/started", ["turnId": "1", "item": .object(members)])
        #expect(try tool([:], in: turn).request.isReadOnly == isReadOnly)
        #expect(try !tool([:]).request.isReadOnly)
    }

    // MARK: What nobody can answer

    @Test(arguments: ["item/tool/call", "item/hologram/requestApproval", "currentTime/read"])
    func `a request of another kind is not known`(method: String) {
        guard case .unknown = read(method, [:]) else {
            Issue.record("\(method) was taken for one we know")
            return
        }
    }

    // MARK: Asking

    private func tool(_ arguments: JSONValue, in turn: CodexTurn = CodexTurn()) throws -> CodexApproval {
        try ask(
            "mcpServer/elicitation/request",
            [
                "serverName": "jobs", "message": "Allow the jobs MCP server to run tool \"start\"?",
                "_meta": ["codex_approval_kind": "mcp_tool_call", "tool_params": arguments],
                "requestedSchema": ["type": "object", "properties": [:]],
            ], in: turn)
    }

    private func read(
        _ method: String, _ params: JSONValue, in turn: CodexTurn = CodexTurn()
    ) -> CodexApproval.Reading {
        CodexApproval.read(method, params, id: .number(7), in: turn)
    }

    private func ask(
        _ method: String, _ params: JSONValue, in turn: CodexTurn = CodexTurn()
    ) throws -> CodexApproval {
        let reading = read(method, params, in: turn)
        guard case .ask(let approval) = reading else { throw NotAsked(reading: reading) }
        return approval
    }

    private func reply(_ approval: CodexApproval, _ decision: ApprovalDecision) throws -> JSONValue {
        let step = approval.answered(decision)
        guard case .reply(let answer) = step else { throw NotAsked(reading: .ask(approval)) }
        return answer
    }
}
