#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Conversation

// Opening sessions and letting go of them.
extension CopilotProcess {
    /// The session kept under `request.resume`, else a new one.
    func open(_ request: ThreadRequest) async throws -> CopilotThread {
        let thread = try await openSession(for: request)
        if let model = thread.modelToSwitch(to: request.model) {
            try await call(CopilotCall.SwitchModel(sessionId: thread.sessionID, modelId: model))
            thread.noteModel(model)
        }
        return thread
    }

    /// Opens the session with the model that it has when none is asked for.
    private func openSession(for request: ThreadRequest) async throws -> CopilotThread {
        var model = options.model ?? options.provider?.model
        if options.provider != nil, model == nil {
            guard let asked = request.model else {
                throw AgentError(
                    .refused, "copilot does not know the models of a provider; set copilot.model (COPILOT_MODEL)")
            }
            model = asked
        }
        let settings = CopilotSessionSettings(
            model: model, provider: options.provider,
            workingDirectory: request.workingDirectory ?? options.workingDirectory,
            tools: request.purpose == .conversation ? request.tools : nil)
        if let resume = request.resume {
            if let open = threads[resume] {
                guard open.settings.workingDirectory != settings.workingDirectory else {
                    open.noteUse()
                    return open
                }
                // A session keeps its place for as long as it is loaded.
                try await open.settle()
                threads.remove(open)
                await letGo(of: resume)
            }
            let thread = CopilotThread(resume, settings: settings, of: self)
            if try await self.resume(thread) { return thread }
        }
        let thread = CopilotThread(UUID().uuidString.lowercased(), settings: settings, of: self)
        try await open(thread, isNew: true)
        return thread
    }

    /// Hands a message to Copilot, which has forgotten the session if it was not used for long.
    func send(_ text: String, to thread: CopilotThread) async throws {
        let message = CopilotCall.Send(sessionId: thread.sessionID, prompt: text, mode: .enqueue)
        do {
            try await call(message)
        } catch let error as AgentError where error.isAboutMissingSession {
            guard try await resume(thread) else { throw error }
            try await call(message)
        }
    }

    /// Returns false when Copilot no longer has it.
    private func resume(_ thread: CopilotThread) async throws -> Bool {
        try await awaitRelease(of: thread.sessionID)
        do {
            try await open(thread, isNew: false)
        } catch let error as AgentError where error.isAboutMissingSession {
            return false
        }
        if thread.isShared {
            threads.remove(thread)
            await letGo(of: thread.sessionID)
            throw Self.inUse(thread.sessionID)
        }
        return true
    }

    /// Has `thread` hear what is said while its session is opened; takes it out again when that fails.
    private func open(_ thread: CopilotThread, isNew: Bool) async throws {
        threads.add(thread)
        do {
            let answer = LateAnswer<Void>()
            load(thread, isNew: isNew, for: answer)
            try await answer.wait()
        } catch {
            threads.remove(thread)
            throw error
        }
    }

    /// Opens the session of `thread` for one who may be gone by then; it is given up again in that case.
    func loadSession(of thread: CopilotThread, isNew: Bool, for answer: LateAnswer<Void>) async {
        do {
            if isNew {
                try await call(CopilotCall.CreateSession(sessionId: thread.sessionID, settings: thread.settings))
            } else {
                try await call(CopilotCall.ResumeSession(sessionId: thread.sessionID, settings: thread.settings))
            }
        } catch is CancellationError {
            return answer.fail(AgentError(.died, "copilot ended while it opened a session"))
        } catch {
            return answer.fail(error)
        }
        // Somebody else may want it meanwhile.
        guard !answer.give(()), threads[thread.sessionID] == nil else { return }
        if isNew { await delete(thread.sessionID) } else { await letGo(of: thread.sessionID) }
    }

    /// Waits while another program, perhaps one that is just ending, has the session open.
    ///
    /// Copilot itself would let both write.
    private func awaitRelease(of session: String) async throws {
        let pause: Duration = .milliseconds(200)
        var waited: Duration = .zero
        while try await isInUse(session) {
            guard waited < options.handoverTimeout else { throw Self.inUse(session) }
            try await clock.sleep(for: pause)
            waited += pause
        }
    }

    private func isInUse(_ session: String) async throws -> Bool {
        do {
            return try await call(CopilotCall.CheckInUse(sessionIds: [session])).inUse.contains(session)
        } catch let error as AgentError where error.code == .refused {
            return false  // a version that cannot say
        }
    }

    /// What is told of a session that another program has open.
    static func inUse(_ session: String) -> AgentError {
        AgentError(
            .refused,
            "another program has this conversation with copilot open (session \(session)); end it there, or /new")
    }

    /// Has Copilot delete a session that nobody will come back to.
    func delete(_ session: String) async {
        await letGo(of: session)
        await attempt(CopilotCall.DeleteSession(sessionId: session))
    }

    /// Has Copilot unload a session; it stays on disk.
    func letGo(of session: String) async {
        if await !attempt(CopilotCall.DestroySession(sessionId: session)) {
            await attempt(CopilotCall.DetachSession(sessionId: session))
        }
    }
}

extension AgentError {
    /// Whether Copilot does not have the session, or not any more.
    fileprivate var isAboutMissingSession: Bool { code == .refused && description.contains("Session not found") }
}
