import Conversation
import Foundation
import Logging
import TestSupport
import Testing

@testable import AgentShell

/// The released Copilot, if somebody fetched it for the tests, in a world of its own.
struct RealCopilot {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents) to run the real Copilot"

    static var agents: String? {
        guard let agents = ProcessInfo.processInfo.environment["CM_TEST_AGENTS"], !agents.isEmpty else { return nil }
        return agents
    }

    static var isThere: Bool { agents != nil }

    let model: FakeChat
    let home: TemporaryDirectory
    var options: CopilotOptions
    var clock: any Clock<Duration> = ContinuousClock()
    var logger = Logger(label: "copilot")

    /// A world in which Copilot is there and a fake model answers it.
    init() async throws {
        let agents = try #require(Self.agents)
        model = try await FakeChat()
        home = try TemporaryDirectory()
        let work = home.file("work")
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        options = CopilotOptions(
            command: agents + "/copilot-1.0.57/copilot",
            environment: [
                "HOME": home.path, "COPILOT_HOME": home.file("copilot"), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
                // It unpacks itself once for all tests.
                "COPILOT_CACHE_HOME": agents + "/copilot-cache",
            ],
            workingDirectory: work, model: "fake-model",
            provider: CopilotProvider(baseURL: model.address, apiKey: "the-secret-key"), handshakeTimeout: .seconds(60))
    }

    /// A file where Copilot works.
    func file(_ name: String) -> String { options.workingDirectory + "/" + name }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    /// Runs a shell while `body` runs, then cancels it and waits for its end.
    func run<Value: Sendable>(_ body: (CopilotShell) async throws -> Value) async throws -> Value {
        let shell = CopilotShell(options: options, clock: clock, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shell.run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
    }
}

extension CopilotShell {
    /// Opens a thread for the session of the tests.
    func open(resume: String? = nil, model: String? = nil) async throws -> any AgentThread {
        try await open(ThreadRequest(session: .test, resume: resume, model: model, operations: NoOperations()))
    }
}

extension AgentThread {
    /// All events of a turn, in which each request is answered by `decide`.
    func events(
        of text: String, answering decide: @Sendable (ApprovalRequest) async throws -> ApprovalDecision
    ) async throws -> [AgentEvent] {
        var events: [AgentEvent] = []
        for try await event in try await run(TurnRequest(text: text)) {
            events.append(event)
            if case .approval(let request) = event { await answer(request.id, try await decide(request)) }
        }
        return events
    }
}

extension [AgentEvent] {
    /// The whole messages.
    var messages: [String] { compactMap { if case .message(let text) = $0 { text } else { nil } } }
    /// What was asked for.
    var requests: [ApprovalRequest] { compactMap { if case .approval(let request) = $0 { request } else { nil } } }
    /// The actions, each time one changed.
    var actions: [Action] { compactMap { if case .action(let action) = $0 { action } else { nil } } }
    /// How it ended.
    var result: AgentResult? { if case .finished(let result)? = last { result } else { nil } }
}
