import Conversation
import Logging
import TestSupport
import Testing

@testable import AgentShell

/// What becomes of those who need the process when it dies.
@Suite(.timeLimit(.minutes(1))) struct ProcessKeeperTests {
    /// A process that ends when it is told to.
    private final class ScriptedProcess: AgentProcess {
        let number: Int
        let end = Gate()

        init(_ number: Int) { self.number = number }

        var threadCount: Int { 0 }
        var limits: [String] { [] }

        func check() async throws {}
    }

    private static let death = AgentError(.died, "it ended")

    /// Runs a keeper of processes, which are numbered from 1, while `body` runs.
    private func with(_ body: (ProcessKeeper<ScriptedProcess>, Counter) async throws -> Void) async throws {
        let starts = Counter()
        let keeper = ProcessKeeper<ScriptedProcess>(
            of: "robot", clock: ManualClock(), logger: Logger(label: "robot")
        ) { stage in
            starts.add()
            let process = ScriptedProcess(starts.count)
            stage.ready(process, 7, "version 1")
            do {
                try await process.end.pass()
                return Self.death
            } catch {
                return AgentError(.unavailable, "\(error)")
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.run() }
            defer { group.cancelAll() }
            try await body(keeper, starts)
        }
    }

    @Test func `what a death has kept from being done is done by the next process`() async throws {
        try await with { keeper, starts in
            let number = try await keeper.withProcess { process in
                guard process.number == 1 else { return process.number }
                process.end.open()
                throw Self.death
            }
            #expect(number == 2)
            #expect(starts.count == 2)
            #expect(keeper.status().lastError == "it ended")
        }
    }

    @Test func `after a second death the agent cannot be had`() async throws {
        try await with { keeper, starts in
            let error = await #expect(throws: AgentError.self) {
                try await keeper.withProcess { process in
                    process.end.open()
                    throw Self.death
                }
            }
            #expect(error == AgentError(.unavailable, "it ended"))
            #expect(starts.count == 2)
        }
    }

    @Test func `a refusal is no death, and the process stays`() async throws {
        try await with { keeper, starts in
            let refusal = AgentError(.refused, "no")
            await #expect(throws: refusal) { try await keeper.withProcess { _ in throw refusal } }
            #expect(keeper.status().isReady)
            #expect(starts.count == 1)
        }
    }

    @Test func `nobody gets a process that was found dead, and all who wait get the next`() async throws {
        try await with { keeper, starts in
            let first = try await keeper.process()
            async let retried = keeper.withProcess { process in
                if process === first { throw Self.death }
                return process.number
            }
            _ = try await eventually("it is found dead") { keeper.status().isReady ? nil : true }
            async let second = keeper.process().number, third = keeper.withProcess(\.number)
            first.end.open()
            #expect(try await [retried, second, third] == [2, 2, 2])
            #expect(starts.count == 2)
        }
    }

    @Test func `who is cancelled while a dead process ends waits no longer`() async throws {
        try await with { keeper, _ in
            let first = try await keeper.process()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await keeper.withProcess { process in if process === first { throw Self.death } }
                }
                _ = try await eventually("it is found dead") { keeper.status().isReady ? nil : true }
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
            }
        }
    }

    @Test func `who was cancelled before he came starts nothing`() async throws {
        try await with { keeper, starts in
            await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { _ = try await keeper.process() }
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
            }
            #expect(starts.count == 0)
            #expect(!keeper.status().isRunning)
        }
    }
}
