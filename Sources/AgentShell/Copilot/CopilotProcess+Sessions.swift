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
        let model = request.model ?? options.model ?? options.provider?.model
        if options.provider != nil, model == nil {
            throw AgentError(
                .refused, "copilot does not know the models of a provider; set copilot.model (COPILOT_MODEL)")
        }
        let settings = CopilotSessionSettings(
            model: model, provider: options.provider,
            workingDirectory: request.workingDirectory ?? options.workingDirectory)
        if let resume = request.resume {
            if let open = threads[resume] {
                try await use(settings, in: open)
                return open
            }
            let thread = CopilotThread(resume, settings: settings, of: self)
            if try await self.resume(thread) { return thread }
        }
        let thread = CopilotThread(UUID().uuidString.lowercased(), settings: settings, of: self)
        try await adding(thread) {
            try await call(CopilotCall.CreateSession(sessionId: thread.sessionID, settings: settings))
        }
        return thread
    }

    private func use(_ settings: CopilotSessionSettings, in thread: CopilotThread) async throws {
        let earlier = thread.use(settings)
        guard let model = settings.model, model != earlier.model else { return }
        try await call(CopilotCall.SwitchModel(sessionId: thread.sessionID, modelId: model))
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
            try await adding(thread) {
                try await call(
                    CopilotCall.ResumeSession(sessionId: thread.sessionID, settings: thread.settings))
            }
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

    /// Has `thread` hear what is said while `body` opens it; takes it out again when that fails.
    private func adding(_ thread: CopilotThread, _ body: () async throws -> Void) async throws {
        threads.add(thread)
        do {
            try await body()
        } catch {
            threads.remove(thread)
            // The answer may be on its way.
            if error is CancellationError { unload(thread) }
            throw error
        }
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
