import Conversation
import JSONRPC
import TestSupport
import Testing

@testable import AgentShell

/// Opening and leaving threads, against a peer that says just what the test says.
@Suite(.timeLimit(.minutes(1))) struct CodexProcessTests {
    private static let writer = "thread T already has an active writer"

    // MARK: Sandbox

    @Test(
        arguments: [
            ("read-only", ["type": "readOnly"]), ("danger-full-access", ["type": "dangerFullAccess"]),
            (
                "workspace-write",
                [
                    "type": "workspaceWrite", "writableRoots": ["/more"], "networkAccess": true,
                    "excludeTmpdirEnvVar": false, "excludeSlashTmp": false,
                ]
            ),
        ] as [(String, JSONValue)])
    func `a thread is opened for reading, and its turns bring their sandbox`(
        mode: String, policy: JSONValue
    ) async throws {
        let options = CodexOptions(
            command: "codex", environment: [:], workingDirectory: "/project", sandbox: mode, clientVersion: "0")
        try await withCodexPeer(options) { peer, process, _ in
            async let opened = process.open(resume: nil)
            let refined = #"{"writable_roots":["/more"],"network_access":true}"#
            let read = try await peer.next("config/read")
            #expect(read.params["cwd"]?.text == "/project")
            peer.answer(read, #"{"config":{"sandbox_workspace_write":\#(refined)}}"#)
            let start = try await peer.next("thread/start")
            #expect(start.params["sandbox"]?.text == "read-only")
            peer.answer(start, #"{"thread":{"id":"T"}}"#)
            let thread = try await opened
            async let events = thread.events(of: "go")
            let turn = try await peer.next("turn/start")
            #expect(turn.params["sandboxPolicy"] == policy)
            try await peer.complete(turn)
            #expect(try await events == [.finished(.completed)])
        }
    }

    @Test func `a sandbox that we do not know is left to Codex`() async throws {
        let options = CodexOptions(
            command: "codex", environment: [:], workingDirectory: "/", sandbox: "hologram", clientVersion: "0")
        try await withCodexPeer(options) { peer, process, _ in
            async let opened = process.open(resume: nil)
            peer.refuse(try await peer.next("config/read"), "unknown variant config/read")
            let start = try await peer.next("thread/start")
            #expect(start.params["sandbox"]?.text == "hologram")
            peer.answer(start, #"{"thread":{"id":"T"}}"#)
            #expect(try await opened.threadID == "T")
        }
    }

    // MARK: Resuming

    @Test func `a thread is resumed with policy, sandbox and the provider that is configured`() async throws {
        try await withCodexPeer { peer, process, _ in
            async let opened = process.open(resume: "T")
            peer.answer(try await peer.next("config/read"), #"{"config":{"model_provider":"mine"}}"#)
            let resume = try await peer.next("thread/resume")
            #expect(resume.params["threadId"]?.text == "T")
            #expect(resume.params["approvalPolicy"]?.text == "on-request")
            #expect(resume.params["sandbox"]?.text == "read-only")
            #expect(resume.params["modelProvider"]?.text == "mine")
            peer.answer(resume, #"{"thread":{"id":"T"}}"#)
            #expect(try await opened.threadID == "T")
        }
    }

    @Test func `a thread that another process has just let go of is resumed`() async throws {
        try await withCodexPeer { peer, process, clock in
            async let opened = process.open(resume: "T")
            peer.answer(try await peer.next("config/read"), #"{"config":{}}"#)
            peer.refuse(try await peer.next("thread/resume"), Self.writer)
            await clock.sleeping(until: .milliseconds(200))
            clock.advance(by: .milliseconds(200))
            peer.answer(try await peer.next("thread/resume"), #"{"thread":{"id":"T"}}"#)
            #expect(try await opened.threadID == "T")
        }
    }

    @Test func `a thread that another program keeps is forked`() async throws {
        try await withCodexPeer { peer, process, clock in
            async let opened = process.open(resume: "T")
            try await self.refuseToResume(peer, clock)
            let fork = try await peer.next("thread/fork")
            #expect(fork.params["threadId"]?.text == "T")
            #expect(fork.params["approvalPolicy"]?.text == "on-request")
            #expect(fork.params["sandbox"]?.text == "read-only")
            peer.answer(fork, #"{"thread":{"id":"F"}}"#)
            #expect(try await opened.threadID == "F")
        }
    }

    @Test func `where it cannot be forked, the refusal says what to do`() async throws {
        try await withCodexPeer { peer, process, clock in
            async let failure = self.failureToOpen(process)
            try await self.refuseToResume(peer, clock)
            peer.refuse(try await peer.next("thread/fork"), "no")
            let error = await failure
            #expect(error?.code == .refused)
            #expect(error?.description.hasPrefix("another program uses this conversation: end that program") == true)
        }
    }

    @Test func `an answer of another shape is a refusal with a reason`() async throws {
        try await withCodexPeer { peer, process, _ in
            async let failure = self.failureToOpen(process)
            peer.answer(try await peer.next("config/read"), "{}")
            peer.answer(try await peer.next("thread/resume"), #"{"hologram":1}"#)
            let error = await failure
            #expect(error?.code == .refused)
            #expect(error?.description.hasPrefix("codex is of a version that cm does not know") == true)
        }
    }

    // MARK: Turns on other terms

    @Test func `an open thread goes on in another directory, with what is configured there`() async throws {
        try await withCodexPeer { peer, process, _ in
            let thread = try await self.open(process, peer)
            async let moved = process.open(Self.request(resume: "T", directory: "/elsewhere"))
            let read = try await peer.next("config/read")
            #expect(read.params["cwd"]?.text == "/elsewhere")
            peer.answer(read, #"{"config":{"sandbox_workspace_write":{"network_access":true}}}"#)
            #expect(try await moved === thread)
            async let events = thread.events(of: "go")
            let turn = try await peer.next("turn/start")
            #expect(turn.params["cwd"]?.text == "/elsewhere")
            #expect(turn.params["sandboxPolicy"]?["networkAccess"] == .bool(true))
            try await peer.complete(turn)
            #expect(try await events == [.finished(.completed)])
        }
    }

    @Test func `a model that is asked for answers as long as it is asked for`() async throws {
        try await withCodexPeer { peer, process, _ in
            async let opened = process.open(Self.request(model: "special"))
            peer.answer(try await peer.next("config/read"), "{}")
            let start = try await peer.next("thread/start")
            #expect(start.params["model"] == nil)
            peer.answer(start, #"{"thread":{"id":"T"},"model":"usual"}"#)
            _ = try await opened
            for model in ["special", nil, "other", nil] {
                let thread = try await process.open(Self.request(resume: "T", model: model))
                async let events = thread.events(of: "go")
                let turn = try await peer.next("turn/start")
                #expect(turn.params["model"]?.text == model ?? "usual")
                try await peer.complete(turn)
                #expect(try await events == [.finished(.completed)])
            }
        }
    }

    @Test func `a thread that is resumed answers with what is configured, not with its last model`() async throws {
        try await withCodexPeer { peer, process, _ in
            async let opened = process.open(resume: "T")
            peer.answer(try await peer.next("config/read"), #"{"config":{"model":"usual"}}"#)
            let resume = try await peer.next("thread/resume")
            #expect(resume.params["model"]?.text == "usual")
            peer.answer(resume, #"{"thread":{"id":"T"},"model":"usual"}"#)
            let thread = try await opened
            async let events = thread.events(of: "go")
            let turn = try await peer.next("turn/start")
            #expect(turn.params["model"]?.text == "usual")
            try await peer.complete(turn)
            #expect(try await events == [.finished(.completed)])
        }
    }

    // MARK: Threads that nobody wants any more

    @Test func `a thread that nobody waits for any more when it is open is left`() async throws {
        try await withCodexPeer { peer, process, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await process.open(resume: nil) }
                peer.answer(try await peer.next("config/read"), "{}")
                let start = try await peer.next("thread/start")
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                peer.answer(start, #"{"thread":{"id":"T"}}"#)
                #expect(try await peer.next("thread/unsubscribe").params["threadId"]?.text == "T")
            }
        }
    }

    @Test func `opening a thread ends with its process`() async throws {
        try await withCodexPeer { peer, process, _ in
            async let failure = self.failureToOpen(process, resume: nil)
            peer.answer(try await peer.next("config/read"), "{}")
            _ = try await peer.next("thread/start")
            peer.leave()
            #expect(await failure?.code == .died)
            #expect(await self.failureToOpen(process, resume: nil)?.code == .died)
        }
    }

    @Test func `the turn of a thread that is closed is ended before the thread is left`() async throws {
        try await withCodexPeer { peer, process, _ in
            let thread = try await self.open(process, peer)
            async let events = thread.events(of: "go")
            peer.begin(try await peer.next("turn/start"))
            await thread.close()
            #expect(process.threadCount == 0)
            peer.answer(try await peer.next("turn/interrupt"), "{}")
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"interrupted"}}"#)
            #expect(try await events == [.finished(.interrupted)])
            peer.answer(try await peer.next("thread/backgroundTerminals/clean"), "{}")
            #expect(try await peer.next("thread/unsubscribe").params["threadId"]?.text == "T")
        }
    }

    // MARK: Threads that are not used

    @Test func `a thread without a turn for ten minutes is left, and resumed when it is wanted again`() async throws {
        try await withCodexPeer { peer, process, clock in
            let thread = try await self.open(process, peer)
            clock.advance(by: .seconds(599))
            async let early: Void = process.check()
            peer.answer(try await peer.next("thread/loaded/list"), "{}")
            try await early
            #expect(process.threadCount == 1)

            clock.advance(by: .seconds(1))
            async let late: Void = process.check()
            peer.answer(try await peer.next("thread/loaded/list"), "{}")
            let leave = try await peer.next("thread/unsubscribe")
            #expect(leave.params["threadId"]?.text == "T")
            #expect(process.threadCount == 0)
            // Until Codex has answered, it must not be resumed.
            async let again = process.open(resume: "T")
            peer.answer(leave, #"{"status":"unsubscribed"}"#)
            try await late
            peer.answer(try await peer.next("config/read"), "{}")
            peer.answer(try await peer.next("thread/resume"), #"{"thread":{"id":"T"}}"#)
            let resumed = try await again
            #expect(resumed !== thread)
            #expect(process.threadCount == 1)
        }
    }

    @Test func `a thread whose turn runs is not left, nor one that was just wanted`() async throws {
        try await withCodexPeer { peer, process, clock in
            let thread = try await self.open(process, peer)
            async let started = thread.run(TurnRequest(text: "go"))
            peer.begin(try await peer.next("turn/start"))
            let events = try await started
            clock.advance(by: .seconds(700))
            async let first: Void = process.check()
            peer.answer(try await peer.next("thread/loaded/list"), "{}")
            try await first
            peer.tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
            var told: [AgentEvent] = []
            for try await event in events { told.append(event) }
            #expect(told == [.finished(.completed)])

            clock.advance(by: .seconds(700))
            #expect(try await process.open(resume: "T") === thread)
            async let second: Void = process.check()
            peer.answer(try await peer.next("thread/loaded/list"), "{}")
            try await second
            #expect(process.threadCount == 1)
        }
    }

    // MARK: Limits

    @Test func `limits are read at the start and kept up to date`() async throws {
        try await withCodexPeer { peer, process, _ in
            #expect(process.limits == [])
            let read = try await peer.next("account/rateLimits/read")
            peer.answer(read, #"{"rateLimits":{"primary":{"usedPercent":5}}}"#)
            while process.limits.isEmpty { await Task.yield() }
            #expect(process.limits == ["primary: 5% used"])
            peer.tell("account/rateLimits/updated", #"{"rateLimits":{"primary":{"usedPercent":6}}}"#)
            while process.limits == ["primary: 5% used"] { await Task.yield() }
            #expect(process.limits == ["primary: 6% used"])
        }
    }

    // MARK: Steps

    private func open(_ process: CodexProcess, _ peer: ScriptedPeer) async throws -> CodexThread {
        async let opened = process.open(resume: nil)
        peer.answer(try await peer.next("config/read"), "{}")
        peer.answer(try await peer.next("thread/start"), #"{"thread":{"id":"T"}}"#)
        return try await opened
    }

    private func refuseToResume(_ peer: ScriptedPeer, _ clock: ManualClock) async throws {
        peer.answer(try await peer.next("config/read"), #"{"config":{}}"#)
        for elapsed in [200, 600, 1400] {
            peer.refuse(try await peer.next("thread/resume"), Self.writer)
            await clock.sleeping(until: .milliseconds(elapsed))
            clock.advance(by: .milliseconds(elapsed) - clock.now.offset)
        }
    }

    private static func request(
        resume: String? = nil, model: String? = nil, directory: String? = nil
    ) -> ThreadRequest {
        var request = ThreadRequest(session: .test, resume: resume, model: model, operations: NoOperations())
        request.workingDirectory = directory
        return request
    }

    private func failureToOpen(_ process: CodexProcess, resume: String? = "T") async -> AgentError? {
        do {
            _ = try await process.open(resume: resume)
            return nil
        } catch {
            return error as? AgentError
        }
    }
}

extension ScriptedPeer {
    /// Begins the turn `t1` of the thread `T` and ends it well.
    fileprivate func complete(_ request: Request) async throws {
        begin(request)
        tell("turn/completed", #"{"threadId":"T","turn":{"id":"t1","status":"completed"}}"#)
    }
}
