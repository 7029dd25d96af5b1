import Conversation
import Foundation
import TestSupport

@testable import AgentShell

/// Codex shells whose program is the stand-in that the package builds.
struct StandIn {
    /// The stand-in lies where the test program lies.
    static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "standin").path

    /// What the stand-in is to do; see its own `Settings`.
    var environment: [String: String] = [:]
    var command = StandIn.program
    var clock: any Clock<Duration> = ContinuousClock()

    /// A stand-in in `mode`.
    init(_ mode: String = "normal") { environment["STANDIN_MODE"] = mode }

    /// Runs a shell while `body` runs, then cancels it and waits for its end.
    func run<Value: Sendable>(_ body: (CodexShell) async throws -> Value) async throws -> Value {
        let options = CodexOptions(
            command: command, environment: environment, workingDirectory: NSTemporaryDirectory(), clientVersion: "0")
        let shell = CodexShell(options: options, clock: clock)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shell.run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
    }
}

extension CodexProcess {
    /// Opens the thread `resume`, else a new one.
    func open(resume: String?) async throws -> CodexThread {
        try await open(ThreadRequest(session: .test, resume: resume, operations: NoOperations()))
    }
}

extension CodexShell {
    /// Opens a thread for the session of the tests.
    func open(resume: String? = nil) async throws -> any AgentThread {
        try await open(ThreadRequest(session: .test, resume: resume, operations: NoOperations()))
    }
}

/// Fails loudly: Codex asks nothing of the core.
private struct NoOperations: Operations {
    func report(_ query: Query, for session: SessionID) async -> String {
        fatalError("\(session) was asked for \(query)")
    }
}

extension AgentThread {
    /// All events of a turn.
    func events(of text: String) async throws -> [AgentEvent] {
        try await run(TurnRequest(text: text)).reduce(into: []) { $0.append($1) }
    }

    /// All events of a turn of which every request is answered by `decision`.
    func events(of text: String, answering decision: ApprovalDecision) async throws -> [AgentEvent] {
        var events: [AgentEvent] = []
        for try await event in try await run(TurnRequest(text: text)) {
            events.append(event)
            if case .approval(let request) = event { await answer(request.id, decision) }
        }
        return events
    }
}

/// A directory for one test; removed with the object.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "cm-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // what is left harms nobody

    func file(_ name: String) -> String { path + "/" + name }
}

/// Whether the process `pid` is there.
func isAlive(_ pid: Int32) -> Bool { kill(pid, 0) == 0 }
