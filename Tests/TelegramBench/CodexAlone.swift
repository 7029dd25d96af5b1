import AgentShell
import BenchSupport
import Conversation
import Foundation
import Processes

/// The real Codex driven directly, with nothing between: what it takes is the floor.
struct CodexAlone {
    private let place: String
    private let shell: CodexShell

    /// Makes its place, and writes there how `model` is reached.
    init(program: String, model: BenchModel) throws {
        place = FileManager.default.temporaryDirectory.path + "/cma-\(UInt32.random(in: .min ... .max))"
        for name in ["codex", "project"] {
            try FileManager.default.createDirectory(atPath: "\(place)/\(name)", withIntermediateDirectories: true)
        }
        let environment = try CodexHome(path: "\(place)/codex", model: model.address).write()
        var options = CodexOptions(
            command: program, environment: ["HOME": place, "PATH": "/usr/bin:/bin"].merging(environment) { $1 },
            workingDirectory: "\(place)/project", clientVersion: "0")
        options.custody = Custody(workspace: "bench", directory: "\(place)/children", guardedBy: nil)
        shell = CodexShell(options: options)
    }

    /// Runs `body` with one conversation; afterwards nothing is left.
    func run<Value: Sendable>(_ body: (any AgentThread) async throws -> Value) async throws -> Value {
        defer { try? FileManager.default.removeItem(atPath: place) }  // the next one has a place of its own
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [shell] in await shell.run() }
            defer { group.cancelAll() }
            let session = SessionID(rawValue: "bench:alone")
            return try await body(
                try await shell.open(ThreadRequest(session: session, resume: nil, operations: NoOperations())))
        }
    }
}

extension AgentThread {
    /// Asks the question of this number; returns the moments when it was asked and when the turn was over.
    func ask(_ number: Int) async throws -> (asked: Double, over: Double) {
        let asked = moment()
        for try await event in try await run(TurnRequest(text: "question \(number)")) {
            guard case .finished(let result) = event else { continue }
            let over = moment()
            guard result == .completed else { throw Failure("question \(number) ended with \(result)") }
            return (asked, over)
        }
        throw Failure("question \(number) has no end")
    }
}

/// A core that has nothing to tell.
private struct NoOperations: Operations {
    func report(_ query: Query, for session: SessionID) async -> String { "" }
}
