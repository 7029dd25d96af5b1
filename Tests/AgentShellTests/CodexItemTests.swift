import Conversation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexItemTests {
    @Test(
        arguments: [
            (
                ["type": "commandExecution", "command": "/bin/bash -lc 'ls'", "commandActions": [["command": "ls"]]],
                .command, "ls"
            ),
            (["type": "commandExecution", "command": "/bin/bash -lc 'ls'"], .command, "ls"),
            (["type": "commandExecution", "command": "/bin/zsh -lc 'ls -l'"], .command, "ls -l"),
            (["type": "commandExecution", "command": "/bin/bash -lc 'a'\\''b'"], .command, "/bin/bash -lc 'a'\\''b'"),
            (
                [
                    "type": "commandExecution", "command": "a && b",
                    "commandActions": [["command": "a"], ["command": "b"]],
                ],
                .command, "a && b"
            ),
            (["type": "fileChange", "changes": [["path": "a.txt"], ["path": "b.txt"]]], .file, "a.txt, b.txt"),
            (["type": "mcpToolCall", "server": "files", "tool": "read"], .tool, "files.read"),
            (["type": "mcpToolCall", "tool": "read"], .tool, "read"),
            (["type": "dynamicToolCall", "tool": "look"], .tool, "look"),
            (["type": "collabAgentToolCall"], .tool, "collabAgentToolCall"),
            (["type": "somethingNew", "status": "completed"], .tool, "somethingNew"),
            (["type": "webSearch", "query": "swift"], .search, "swift"), (["type": "webSearch"], .search, "web search"),
            (["type": "imageView", "path": "a.png"], .tool, "view a.png"),
            (["type": "imageGeneration"], .tool, "generate an image"),
            (["type": "contextCompaction"], .reasoning, "the conversation is being summarised"),
            (["type": "reasoning", "summary": ["first", ["text": "second"]]], .reasoning, "first second"),
        ] as [(JSONValue, Action.Kind, String)])
    func `an item is an action with a title`(item: JSONValue, kind: Action.Kind, title: String) {
        let action = action(item, isComplete: true)
        #expect(action == Action(id: "1", kind: kind, title: title, status: .completed))
    }

    @Test(
        arguments: [
            ["type": "userMessage"], ["type": "agentMessage", "text": "hi"], ["type": "reasoning", "summary": []],
            ["type": "plan", "text": "first"], ["type": "hookPrompt"],
        ] as [JSONValue])
    func `what is said is no action`(item: JSONValue) {
        #expect(action(item, isComplete: true) == nil)
    }

    // What acts must be seen, whatever is missing: after a crash it decides whether the turn runs again.
    @Test(
        arguments: [
            (["type": "commandExecution"], .command, "a command"),
            (["type": "commandExecution", "command": "", "commandActions": [["command": ""]]], .command, "a command"),
            (["type": "fileChange"], .file, "change files"),
            (["type": "fileChange", "changes": [:]], .file, "change files"),
            (["type": "mcpToolCall"], .tool, "a tool"),
        ] as [(JSONValue, Action.Kind, String)])
    func `an item that acts is an action even when nothing else is known of it`(
        item: JSONValue, kind: Action.Kind, title: String
    ) {
        #expect(action(item, isComplete: false) == Action(id: "1", kind: kind, title: title, status: .started))
    }

    @Test(
        arguments: [
            ("completed", false, .completed), ("failed", true, .failed), ("declined", true, .declined),
            ("inProgress", false, .started), ("inProgress", true, .started), ("somethingNew", false, .started),
            ("somethingNew", true, .completed), (nil, false, .started), (nil, true, .completed),
        ] as [(JSONValue, Bool, Action.Status)])
    func `the status is the item's, else whether it was completed`(
        written: JSONValue, isComplete: Bool, status: Action.Status
    ) {
        let item: JSONValue = ["type": "webSearch", "status": written]
        #expect(action(item, isComplete: isComplete)?.status == status)
    }

    @Test(
        arguments: [
            (["type": "commandExecution", "command": "make", "exitCode": 2], "make (exit 2)"),
            (["type": "commandExecution", "command": "make", "exitCode": nil], "make"),
            (["type": "mcpToolCall", "tool": "start", "error": ["message": "\nnot\tnow\nat all"]], "start: not now"),
            (["type": "mcpToolCall", "tool": "start", "error": nil], "start"),
            (
                ["type": "mcpToolCall", "tool": "start", "result": ["content": [["type": "image"], ["text": "no"]]]],
                "start: no"
            ),
        ] as [(JSONValue, String)])
    func `what failed says why, as far as Codex tells`(item: JSONValue, title: String) throws {
        guard case .object(var members) = item else { return }
        members["status"] = "failed"
        #expect(action(.object(members), isComplete: true)?.title == title)
        members["status"] = "completed"
        #expect(action(.object(members), isComplete: true)?.title.contains(" ") == false)
    }

    @Test func `a reason finds room in a title`() throws {
        let text = String(repeating: "x", count: 300)
        let failed: JSONValue = [
            "type": "mcpToolCall", "status": "failed", "tool": .string(text), "error": ["message": .string(text)],
        ]
        let title = try #require(action(failed, isComplete: true)).title
        #expect(title.count == 200)
        #expect(title.contains("x…: xxx") && title.hasSuffix("x…"))
    }

    @Test func `a title is one line of at most 200 characters`() throws {
        let command = "echo\n" + String(repeating: "x", count: 300)
        let item: JSONValue = ["type": "commandExecution", "command": .string(command)]
        let title = try #require(action(item, isComplete: true)).title
        #expect(title.count == 200)
        #expect(title.hasPrefix("echo xxx"))
        #expect(title.hasSuffix("x…"))
    }

    @Test(
        arguments: [nil, "text", [:], ["id": "1"], ["type": "webSearch"], ["id": 1, "type": "webSearch"]] as [JSONValue]
    )
    func `an item without an id and a type is none`(item: JSONValue) {
        #expect(CodexItem(item) == nil)
    }

    private func action(_ item: JSONValue, isComplete: Bool) -> Action? {
        guard case .object(var members) = item else { return nil }
        members["id"] = "1"
        return CodexItem(.object(members))?.action(isComplete: isComplete)
    }
}
