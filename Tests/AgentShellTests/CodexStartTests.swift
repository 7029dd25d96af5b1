import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

/// How the process of Codex comes and goes.
@Suite(.timeLimit(.minutes(1))) struct CodexStartTests {
    @Test func `nothing is started before somebody needs it`() async throws {
        try await StandIn().run { shell in
            let status = await shell.status()
            #expect(status == ShellStatus(name: "codex", isRunning: false, isReady: false))
        }
    }

    @Test func `a shell that is prepared is ready`() async throws {
        try await StandIn().run { shell in
            try await shell.prepare()
            let status = await shell.status()
            #expect(status.isRunning)
            #expect(status.isReady)
            #expect(status.detail == "version 0.163.0")
            #expect(status.threads == 0)
            #expect(isAlive(try #require(status.pid)))
        }
    }

    @Test func `all who need it at once get one process`() async throws {
        let directory = try TemporaryDirectory()
        var standIn = StandIn()
        standIn.environment["STANDIN_LOG"] = directory.file("log")
        try await standIn.run { shell in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { try await shell.prepare() } }
                try await group.waitForAll()
            }
        }
        let log = try String(contentsOfFile: directory.file("log"), encoding: .utf8)
        #expect(log.split(separator: "\n").count { $0.contains(#""dir":"start""#) } == 1)
    }

    @Test func `nothing of the process is left when the shell was cancelled`() async throws {
        let pid = try await StandIn().run { shell in
            try await shell.prepare()
            return try #require(await shell.status().pid)
        }
        #expect(!isAlive(pid))
    }

    @Test func `a shell that was cancelled refuses`() async throws {
        let shell = try await StandIn().run { shell in
            try await shell.prepare()
            return shell
        }
        await #expect(throws: AgentError(.unavailable, "cm is shutting down")) { try await shell.prepare() }
        let status = await shell.status()
        #expect(status.detail == "closed")
        #expect(!status.isRunning && !status.isReady)
    }

    // MARK: Starts that fail

    @Test(arguments: ["silent", "garbage"]) func `an agent that does not answer is given up`(mode: String) async throws
    {
        let clock = ManualClock()
        var standIn = StandIn(mode)
        standIn.clock = clock
        try await standIn.run { shell in
            async let failure = failureToPrepare(shell)
            await clock.sleeping(until: .seconds(10))
            #expect(await shell.status().isReady == false)
            clock.advance(by: .seconds(10))
            let error = AgentError(.unavailable, "codex did not answer its handshake within 10.0 seconds")
            #expect(await failure == error)
            #expect(await shell.status().lastError == error.description)
        }
    }

    @Test func `an agent that ends at once is told with its last words`() async throws {
        try await StandIn("exit").run { shell in
            let error = AgentError(.unavailable, "codex exited with code 3: standin: gone at once, as asked")
            await #expect(throws: error) { try await shell.prepare() }
            await #expect(throws: error) { try await shell.open() }
            #expect(await shell.status().lastError == error.description)
        }
    }

    @Test func `a program that is not there is told with the remedy`() async throws {
        var standIn = StandIn()
        standIn.command = "/nonexistent/codex"
        try await standIn.run { shell in
            let text = "/nonexistent/codex does not exist; install Codex, or set codex.command to its path"
            await #expect(throws: AgentError(.unavailable, text)) { try await shell.prepare() }
        }
    }

    @Test func `a name that is not in the path is told with the remedy`() async throws {
        var standIn = StandIn()
        standIn.command = "codex-of-nobody"
        standIn.environment["PATH"] = "/nonexistent"
        try await standIn.run { shell in
            let error = await #expect(throws: AgentError.self) { try await shell.prepare() }
            #expect(error?.code == .unavailable)
            #expect(error?.description.hasPrefix("codex-of-nobody was not found in PATH; install Codex") == true)
        }
    }

    @Test func `a file that cannot be executed is told`() async throws {
        let directory = try TemporaryDirectory()
        try Data("not a program".utf8).write(to: URL(filePath: directory.file("codex")))
        var standIn = StandIn()
        standIn.command = directory.file("codex")
        try await standIn.run { [command = standIn.command] shell in
            let error = AgentError(.unavailable, "\(command) is not an executable file")
            await #expect(throws: error) { try await shell.prepare() }
        }
    }

    @Test func `whoever stops waiting for a start is let go`() async throws {
        let clock = ManualClock()
        var standIn = StandIn("silent")
        standIn.clock = clock
        try await standIn.run { shell in
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await shell.prepare() }
                await clock.sleeping(until: .seconds(10))
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.next() }
            }
        }
    }

    @Test func `an agent that failed to start is started again`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("codex")
        var standIn = StandIn()
        standIn.command = path
        try await standIn.run { shell in
            await #expect(throws: AgentError.self) { try await shell.prepare() }
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: StandIn.program)
            try await shell.prepare()
            #expect(await shell.status().isReady)
        }
    }

    private func failureToPrepare(_ shell: CodexShell) async -> AgentError? {
        do {
            try await shell.prepare()
            return nil
        } catch {
            return error as? AgentError
        }
    }
}
