import Conversation
import JSONRPC
import TestSupport
import Testing

@testable import AgentShell

/// What the real Copilot does not do at will: other versions, lost ends, late words.
@Suite(.timeLimit(.minutes(1))) struct CopilotProcessTests {
    // MARK: The handshake

    @Test func `a version without connect is asked by ping`() async throws {
        try await CopilotPeer.play { peer, _, _ in
            peer.refuse(try await peer.next("connect"), "Unhandled method connect", code: -32601)
            peer.answer(try await peer.next("ping"), ["protocolVersion": 3, "timestamp": 5])
            #expect(await peer.ready.first { _ in true } == "protocol 3")
        }
    }

    @Test(
        arguments: [
            (["protocolVersion": 2, "version": "0.0.411"], "copilot 0.0.411 speaks protocol 2, not 3"),
            (["protocolVersion": 4, "version": "2.0"], "copilot 2.0 speaks protocol 4, not 3"),
        ] as [(JSONValue, String)])
    func `another protocol is refused with both numbers`(answer: JSONValue, words: String) async throws {
        let end = try await CopilotPeer.play { peer, _, _ in
            peer.answer(try await peer.next("connect"), answer)
            #expect(await peer.ready.first { _ in true } == nil)
        }
        let error = try #require(end as? AgentError)
        #expect(error.code == .unavailable)
        #expect(error.description.hasPrefix(words))
    }

    @Test func `a handshake that is not answered is given up`() async throws {
        let end = try await CopilotPeer.play { peer, _, clock in
            _ = try await peer.next("connect")
            await clock.sleeping(until: .seconds(20))
            clock.advance(by: .seconds(20))
            #expect(await peer.ready.first { _ in true } == nil)
        }
        #expect((end as? AgentError)?.code == .unavailable)
    }

    // MARK: Turns

    @Test func `a session that was forgotten is resumed for the message`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            async let started = thread.run(TurnRequest(text: "go"))
            peer.refuse(try await peer.next("session.send"), "Session not found for sessionId: \(thread.sessionID)")
            peer.answer(try await peer.next("sessions.checkInUse"), ["inUse": []])
            peer.answer(try await peer.next("session.resume"))
            peer.answer(try await peer.next("session.send"))
            peer.tell(thread, "user.message", ["content": "go"])
            peer.tell(thread, "session.idle")
            #expect(try await started.reduce(into: []) { $0.append($1) } == [.finished(.completed)])
        }
    }

    @Test func `a message that is refused leaves the thread free`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            async let failed = failure { _ = try await thread.run(TurnRequest(text: "go")) }
            peer.refuse(try await peer.next("session.send"), "no")
            #expect(await failed?.code == .refused)
            _ = try await peer.begin(thread)
        }
    }

    @Test func `what was put in too late is stopped, and the next message waits for that`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            let stream = try await peer.begin(thread)
            async let late = failure { try await thread.steer("more") }
            let steer = try await peer.next("session.send")
            #expect(steer.params["mode"] == "immediate")
            peer.tell(thread, "session.idle")
            for try await _ in stream {}
            peer.answer(steer)
            let abort = try await peer.next("session.abort")
            async let started = thread.run(TurnRequest(text: "next"))
            peer.answer(abort)
            #expect(await late?.code == .refused)
            let next = try await peer.next("session.send")
            #expect(next.params["prompt"] == "next")
            #expect(next.params["mode"] == "enqueue")
            peer.answer(next)
            _ = try await started
        }
    }

    @Test func `a turn whose end was lost is given up`() async throws {
        let end = try await CopilotPeer.play { peer, process, clock in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            let stream = try await peer.begin(thread)
            async let failed = failure { for try await _ in stream {} }
            let abort = try await abortOfSilence(in: thread, peer, clock)
            // The time limit of the question, which was answered, and that of the abort.
            await clock.sleeping(until: .seconds(185), count: 2)
            peer.answer(abort)
            clock.advance(by: .seconds(5))
            #expect(await failed?.code == .died)
        }
        #expect((end as? AgentError)?.description == "copilot did not stop within 5.0 seconds and was replaced")
    }

    @Test func `a turn that is given up and then ends has died all the same`() async throws {
        try await CopilotPeer.play { peer, process, clock in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            let stream = try await peer.begin(thread)
            async let failed = failure { for try await _ in stream {} }
            let abort = try await abortOfSilence(in: thread, peer, clock)
            peer.tell(thread, "session.idle", ["aborted": true])
            peer.answer(abort)
            let reason = "copilot said nothing for 90.0 seconds and no longer works on the turn"
            #expect(await failed?.description == reason)
        }
    }

    @Test func `what the agent asks without a turn is refused`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            let command: JSONValue = ["kind": "commands", "fullCommandText": "touch x"]
            peer.tell(thread, "permission.requested", ["requestId": "1", "promptRequest": command])
            let decision = try await peer.next("session.permissions.handlePendingPermissionRequest")
            #expect(decision.params["result"]?["kind"] == "reject")
            peer.ask(7, "userInput.request", ["sessionId": .string(thread.sessionID), "question": "which?"])
            #expect(try await peer.nextAnswer(to: 7)["error"] != nil)
            peer.ask(8, "hooks.invoke", ["sessionId": .string(thread.sessionID)])
            #expect(try await peer.nextAnswer(to: 8)["error"]?["code"] == -32601)
        }
    }

    @Test func `a request that was answered elsewhere is withdrawn`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            let stream = try await peer.begin(thread)
            let command: JSONValue = ["kind": "commands", "fullCommandText": "touch x"]
            peer.tell(thread, "permission.requested", ["requestId": "1", "promptRequest": command])
            peer.tell(thread, "permission.completed", ["requestId": "1"])
            peer.tell(thread, "permission.completed", ["requestId": "2"])
            peer.tell(thread, "session.idle")
            let events = try await stream.reduce(into: []) { $0.append($1) }
            let request = ApprovalRequest(id: "1", kind: .command, title: "touch x")
            #expect(events == [.approval(request), .withdrawn("1"), .finished(.completed)])
        }
    }

    // MARK: Sessions

    @Test func `a session that was not used for ten checks is let go, whatever that is called`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            for minute in 1...10 {
                #expect(process.threadCount == 1)
                async let checked: Void = process.check()
                peer.answer(try await peer.next("ping"))
                if minute == 10 {
                    let destroy = try await peer.next("session.destroy")
                    #expect(destroy.params["sessionId"]?.text == thread.sessionID)
                    peer.refuse(destroy, "Unhandled method session.destroy", code: -32601)
                    peer.answer(try await peer.next("session.detach"))
                }
                try await checked
            }
            #expect(process.threadCount == 0)
        }
    }

    @Test func `a session at work is not let go`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            _ = try await peer.begin(try await peer.open(in: process))
            for _ in 1...20 {
                async let checked: Void = process.check()
                peer.answer(try await peer.next("ping"))
                try await checked
            }
            #expect(process.threadCount == 1)
        }
    }

    @Test func `a session that another program keeps is refused after a while`() async throws {
        try await CopilotPeer.play(by: ContinuousClock()) { peer, process, _ in
            try await peer.shakeHands()
            async let failed = failure {
                _ = try await process.open(ThreadRequest(session: .test, resume: "S", operations: NoOperations()))
            }
            for _ in 0...15 { peer.answer(try await peer.next("sessions.checkInUse"), ["inUse": ["S"]]) }
            #expect(await failed?.code == .refused)
            #expect(process.threadCount == 0)
        }
    }

    @Test func `a session that turns out to be shared is refused`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            async let failed = failure {
                _ = try await process.open(ThreadRequest(session: .test, resume: "S", operations: NoOperations()))
            }
            peer.refuse(try await peer.next("sessions.checkInUse"), "Unhandled method", code: -32601)
            let resume = try await peer.next("session.resume")
            let thread = try #require(process.threads["S"])
            peer.tell(thread, "session.resume", ["alreadyInUse": true])
            peer.answer(resume)
            peer.answer(try await peer.next("session.destroy"))
            #expect(await failed?.code == .refused)
        }
    }

    @Test func `a new session that nobody waits for any more when it is open is deleted`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await process.open(Self.request()) }
                let create = try await peer.next("session.create")
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                #expect(process.threadCount == 0)
                peer.answer(create)
                peer.answer(try await peer.next("session.destroy"))
                let delete = try await peer.next("session.delete")
                #expect(delete.params["sessionId"] == create.params["sessionId"])
            }
        }
    }

    @Test func `a known session that nobody waits for any more when it is open is only unloaded`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await process.open(Self.request(resume: "S")) }
                peer.answer(try await peer.next("sessions.checkInUse"), ["inUse": []])
                let resume = try await peer.next("session.resume")
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                peer.answer(resume)
                peer.answer(try await peer.next("session.destroy"))
                async let checked: Void = process.check()
                // Nothing comes between them.
                peer.answer(try await peer.next("ping"))
                try await checked
            }
        }
    }

    @Test func `an open session that is to work elsewhere is unloaded and resumed there`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            async let moved = process.open(Self.request(resume: thread.sessionID, directory: "/elsewhere"))
            peer.answer(try await peer.next("session.destroy"))
            peer.answer(try await peer.next("sessions.checkInUse"), ["inUse": []])
            let resume = try await peer.next("session.resume")
            #expect(resume.params["sessionId"]?.text == thread.sessionID)
            #expect(resume.params["workingDirectory"] == "/elsewhere")
            peer.answer(resume)
            let again = try await moved
            #expect(try await process.open(Self.request(resume: thread.sessionID, directory: "/elsewhere")) === again)
            #expect(process.threadCount == 1)
        }
    }

    @Test func `a model that is asked for answers as long as it is asked for`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            async let opened = process.open(Self.request(model: "special"))
            let create = try await peer.next("session.create")
            #expect(create.params["model"] == nil)
            let id = try #require(create.params["sessionId"]?.text)
            peer.tell(try #require(process.threads[id]), "session.start", ["selectedModel": "usual"])
            peer.answer(create)
            let first = try await peer.next("session.model.switchTo")
            #expect(first.params["modelId"] == "special")
            peer.answer(first)
            let thread = try await opened
            for (asked, model) in [(nil, "usual"), ("other", "other"), (nil, "usual")] as [(String?, JSONValue)] {
                async let again = process.open(Self.request(resume: id, model: asked))
                let change = try await peer.next("session.model.switchTo")
                #expect(change.params["modelId"] == model)
                peer.answer(change)
                #expect(try await again === thread)
            }
            #expect(try await process.open(Self.request(resume: id)) === thread)
        }
    }

    @Test func `the turn of a session that is closed is ended before the session is deleted`() async throws {
        try await CopilotPeer.play { peer, process, _ in
            try await peer.shakeHands()
            let thread = try await peer.open(in: process)
            let stream = try await peer.begin(thread)
            await thread.close()
            let abort = try await peer.next("session.abort")
            peer.tell(thread, "session.idle", ["aborted": true])
            peer.answer(abort)
            #expect(try await stream.reduce(into: []) { $0.append($1) } == [.finished(.interrupted)])
            peer.answer(try await peer.next("session.destroy"))
            _ = try await peer.next("session.delete")
            #expect(process.threadCount == 0)
        }
    }

    /// Is silent for so long that the turn is given up, 180 seconds after its beginning; returns how that is told.
    private func abortOfSilence(
        in thread: CopilotThread, _ peer: CopilotPeer, _ clock: ManualClock
    ) async throws -> CopilotPeer.Request {
        // It is listened for silence since the turn began, perhaps before its first words: so there are some in any case.
        await clock.sleeping(until: .seconds(90))
        peer.tell(thread, "assistant.turn_start")
        try await peer.settle()
        clock.advance(by: .seconds(90))
        await clock.sleeping(until: .seconds(180))
        clock.advance(by: .seconds(90))
        peer.answer(try await peer.next("session.metadata.isProcessing"), ["processing": false])
        return try await peer.next("session.abort")
    }

    private static func request(
        resume: String? = nil, model: String? = nil, directory: String? = nil
    ) -> ThreadRequest {
        var request = ThreadRequest(session: .test, resume: resume, model: model, operations: NoOperations())
        request.workingDirectory = directory
        return request
    }

    private func failure(_ body: () async throws -> Void) async -> AgentError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? AgentError
        }
    }
}
