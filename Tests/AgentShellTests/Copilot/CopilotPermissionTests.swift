import Conversation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CopilotPermissionTests {
    // MARK: Recorded requests

    @Test func `a command is asked for as it is`() throws {
        let permission = try permissions(in: CopilotTranscript.command)[0]
        #expect(permission.request.kind == .command)
        #expect(permission.request.title == "echo hi > b.txt; cat b.txt")
        #expect(permission.request.detail == "")
        #expect(permission.request.reason == "run a command")
        #expect(!permission.isHarmless)
    }

    @Test func `a change of a file is asked for with its difference`() throws {
        let requests = try permissions(in: CopilotTranscript.files).map(\.request)
        #expect(requests.map(\.kind) == [.file, .file])
        #expect(requests.map(\.title) == ["/project/new.txt", "/project/new.txt"])
        #expect(requests[0].detail.hasPrefix("diff --git a/project/new.txt"))
        #expect(requests[0].detail.contains("+hello world\n"))
        #expect(requests[1].detail.contains("-hello world\n+hello moon\n"))
        #expect(requests[1].reason == "Edit file")
    }

    @Test func `a tool is asked for with its arguments, and only where it may change something`() throws {
        let requests = try permissions(in: CopilotTranscript.servedTools).map(\.request)
        #expect(requests.map(\.title) == ["demo.add"])
        #expect(requests[0].kind == .tool)
        #expect(requests[0].detail == "{\n  \"a\" : 1\n}")
        #expect(!requests[0].isReadOnly)
    }

    @Test func `reading where the agent works is not asked for`() throws {
        let permissions = try permissions(in: CopilotTranscript.failures)
        #expect(permissions.map(\.isHarmless) == [false, true])
        #expect(permissions[1].result(.allow) == ["kind": "approve-once"])
    }

    // MARK: Kinds that were not recorded

    @Test func `a path outside is asked for`() throws {
        let outside = try #require(
            CopilotPermission([
                "requestId": "1", "permissionRequest": ["kind": "read", "path": "/etc/hostname"],
                "promptRequest": ["kind": "path", "accessKind": "read", "paths": ["/etc/hostname", "/etc/hosts"]],
            ]))
        #expect(!outside.isHarmless)
        #expect(outside.request.kind == .tool)
        #expect(outside.request.title == "read /etc/hostname, /etc/hosts")
        #expect(outside.request.detail == "outside the working directory")
        #expect(!outside.request.isReadOnly)
        let write: JSONValue = ["kind": "path", "accessKind": "write", "paths": ["/etc/hosts"]]
        #expect(CopilotPermission(["requestId": "1", "promptRequest": write])?.request.kind == .file)
    }

    @Test(
        arguments: [
            (["kind": "url", "url": "http://127.0.0.1/x", "intention": "look"], "fetch http://127.0.0.1/x", ""),
            (["kind": "custom-tool", "toolName": "ticket", "args": ["id": 7]], "ticket", "{\n  \"id\" : 7\n}"),
            (["kind": "hook", "toolName": "bash", "hookMessage": "careful"], "bash", ""),
            (["kind": "memory", "fact": "tabs", "toolCallId": "c"], "memory", "{\n  \"fact\" : \"tabs\"\n}"),
            (["kind": "teleport", "to": "moon"], "teleport", "{\n  \"to\" : \"moon\"\n}"),
            ([:], "something that it does not name", ""),
        ] as [(JSONValue, String, String)])
    func `each kind is asked for as a tool, those of versions to come as well`(
        asked: JSONValue, title: String, detail: String
    ) throws {
        let permission = try #require(CopilotPermission(["requestId": "1", "permissionRequest": asked]))
        #expect(permission.request.kind == .tool)
        #expect(permission.request.title == title)
        #expect(permission.request.detail == detail)
        #expect(!permission.isHarmless)
    }

    @Test func `a long command is whole in the detail`() throws {
        let command = String(repeating: "echo one\n", count: 60)
        let permission = try #require(
            CopilotPermission([
                "requestId": "1",
                "permissionRequest": ["kind": "shell", "fullCommandText": .string(command), "warning": "it is long"],
                "promptRequest": ["kind": "commands", "fullCommandText": .string(command)],
            ]))
        #expect(permission.request.title.count <= 200)
        #expect(permission.request.detail == command)
        #expect(permission.request.reason == "it is long")
    }

    @Test func `what a hook has decided waits for nobody`() {
        #expect(CopilotPermission(["requestId": "1", "resolvedByHook": true]) == nil)
        #expect(CopilotPermission(["permissionRequest": ["kind": "shell"]]) == nil)
    }

    // MARK: Decisions

    @Test func `a denial has words, so that the agent goes on`() throws {
        let permission = try permissions(in: CopilotTranscript.command)[0]
        #expect(permission.result(.deny(reason: "not today")) == ["kind": "reject", "feedback": "not today"])
        #expect(permission.result(.deny(reason: nil))["feedback"]?.text?.isEmpty == false)
        #expect(permission.result(.answer("later"))["kind"] == "reject")
        #expect(permission.result(.allow) == ["kind": "approve-once"])
    }

    @Test func `for the session Copilot is allowed no more than was asked`() throws {
        for transcript in [CopilotTranscript.command, CopilotTranscript.files, CopilotTranscript.servedTools] {
            let permission = try permissions(in: transcript)[0]
            #expect(permission.result(.allowForSession) == ["kind": "approve-once"])
        }
    }

    private func permissions(in transcript: String) throws -> [CopilotPermission] {
        try CopilotEvents.data(of: "permission.requested", in: transcript).compactMap { CopilotPermission($0) }
    }
}
