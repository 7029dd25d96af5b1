import Conversation
import Foundation
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct CommandShellTests {
    /// Runs a shell over the commands of `script` while `body` runs.
    private func run<Value: Sendable>(
        _ script: String, _ change: (inout CommandOptions) -> Void = { _ in },
        _ body: (CommandShell) async throws -> Value
    ) async throws -> Value {
        var options = CommandOptions(
            command: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"],
            workingDirectory: NSTemporaryDirectory())
        change(&options)
        let shell = CommandShell(options: options)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shell.run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
    }

    private static func action(_ status: Action.Status) -> AgentEvent {
        .action(Action(id: "command", kind: .command, title: "/bin/sh", status: status))
    }

    // MARK: Answers

    @Test func `the message is the input, the output the answer`() async throws {
        try await run("echo \"You said: $(cat)\"") { shell in
            let thread = try await shell.thread()
            let played = try await thread.play("good day €")
            #expect(
                played.events == [
                    Self.action(.started), .began, .delta("You said: good day €"), .message("You said: good day €"),
                    Self.action(.completed), .finished(.completed),
                ])
            #expect(thread.id == nil)
            #expect(try await thread.play("again").text == "You said: again")
        }
    }

    @Test func `the answer is streamed`() async throws {
        let directory = try TemporaryDirectory()
        let gate = directory.file("gate")
        try await run("printf one; until [ -e '\(gate)' ]; do sleep 0.01; done; printf ' two'") { shell in
            let played = try await shell.thread().play("go") { event in
                guard case .delta("one") = event else { return }
                #expect(FileManager.default.createFile(atPath: gate, contents: nil))
            }
            #expect(played.text == "one two")
            #expect(played.events.contains(.delta(" two")))
        }
    }

    @Test func `no answer is an answer`() async throws {
        try await run("cat >/dev/null") { shell in
            let played = try await shell.thread().play("go")
            #expect(played.events == [Self.action(.started), Self.action(.completed), .finished(.completed)])
        }
    }

    @Test func `a message of 1 MB that comes back is whole, and one that is not read does no harm`() async throws {
        let message = String(repeating: "0123456789€\n", count: 80_000) + "end"
        try await run("cat") { shell in
            let played = try await shell.thread().play(message)
            #expect(played.text == message)
        }
        try await run("echo done") { shell in
            let played = try await shell.thread().play(message)
            #expect(played.text == "done")
            #expect(played.result == .completed)
        }
    }

    @Test func `sessions do not wait for each other`() async throws {
        try await run("read -r word; [ $word = slow ] && exec sleep 100; echo done") { shell in
            let slow = try await shell.thread(), quick = try await shell.thread()
            let events = try await slow.run(TurnRequest(text: "slow\n"))
            let played = try await quick.play("quick\n")
            #expect(played.text == "done")
            #expect(await shell.status().threads == 1)
            await slow.interrupt()
            for try await event in events where event == .finished(.completed) {
                Issue.record("it was not interrupted")
            }
        }
    }

    // MARK: Failures

    @Test func `a command that fails says its last words`() async throws {
        try await run("echo half; echo first >&2; echo 'no such luck' >&2; echo >&2; exit 3") { shell in
            let played = try await shell.thread().play("go")
            #expect(played.text == "half")
            #expect(played.actions.map(\.status) == [.started, .failed])
            #expect(
                played.failure
                    == TurnError(kind: .process, message: "custom exited with code 3: no such luck"))
            #expect(await shell.status().lastError == "custom exited with code 3: no such luck")
        }
    }

    @Test func `a command that is killed has died`() async throws {
        try await run("kill -KILL $$") { shell in
            let thread = try await shell.thread()
            await #expect(throws: AgentError(.died, "custom was ended by SIGKILL")) { _ = try await thread.play("go") }
        }
    }

    @Test func `too long an answer ends the turn, and what was said stays`() async throws {
        try await run("while :; do echo 0123456789; done") { options in
            options.outputLimit = 3 << 20
        } _: { shell in
            let played = try await shell.thread().play("go")
            #expect(played.text.utf8.count == 3 << 20)
            #expect(played.failure?.message == "custom wrote more than 3 MB; the rest was not read")
        }
    }

    @Test(arguments: [
        ("/nowhere/robot", "custom: /nowhere/robot is no program that can be run"),
        ("robot-of-nowhere", "custom: robot-of-nowhere was not found in PATH"), ("", "custom:  was not found in PATH"),
    ])
    func `a command that is not there cannot be had`(program: String, why: String) async throws {
        try await run("") { options in
            options.command = [program]
        } _: { shell in
            let error = await #expect(throws: AgentError.self) { try await shell.prepare() }
            #expect(error == AgentError(.unavailable, why))
            #expect(await shell.status().isReady == false)
        }
    }

    @Test func `a command that does not start has had nothing of the turn`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("robot")
        try "#!/nowhere/interpreter\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try await run("") { options in
            options.command = [path]
        } _: { shell in
            let thread = try await shell.thread()
            let error = await #expect(throws: AgentError.self) { _ = try await thread.run(TurnRequest(text: "go")) }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains(path) == true)
        }
    }

    // MARK: Interrupts

    @Test(arguments: [
        "echo one; sleep 100", "cat; exec sleep 100", "sleep 100 & echo one; wait",
        "trap 'echo two' TERM; echo one; while :; do sleep 0.1; done",
        "trap '' TERM; while :; do sleep 0.1; done & setsid sleep 100 & echo one; wait",
    ])
    func `an interrupted turn says nothing more, and ends when nothing of it is left`(script: String) async throws {
        let place = try ContractPlace()
        try await run(script) { options in
            options.environment = place.environment
            options.custody = place.custody
        } _: { shell in
            let thread = try await shell.thread()
            let played = try await thread.play("one\n") { event in
                guard case .delta = event else { return }
                await thread.interrupt()
            }
            #expect(place.processes == [])
            #expect(played.text == "one")
            #expect(played.result == .interrupted)
            #expect(played.actions.map(\.status) == [.started, .failed])
        }
    }

    @Test func `a turn that is interrupted before its command runs says nothing but that`() async throws {
        let (turn, events) = CommandTurn.make("go")
        turn.interrupt()
        turn.start("/bin/sh")
        try await turn.waitForStart()
        await turn.waitForStop()
        turn.finish(.completed)
        #expect(try await events.reduce(into: []) { $0.append($1) } == [.finished(.interrupted)])
    }

    @Test func `a reader who leaves interrupts`() async throws {
        try await run("echo one; sleep 100") { shell in
            for try await event in try await shell.thread().run(TurnRequest(text: "go")) {
                if case .delta = event { break }
            }
            _ = try await eventually { await shell.status().isRunning ? nil : true }
        }
    }

    @Test func `the end of the shell ends what runs`() async throws {
        let events = try await run("echo one; sleep 100") { shell in
            try await shell.thread().run(TurnRequest(text: "go"))
        }
        let error = await #expect(throws: AgentError.self) { for try await _ in events {} }
        #expect(error?.code == .died)
    }

    @Test func `after the end of the shell no turn starts`() async throws {
        let thread = try await run("cat") { shell in try await shell.thread() }
        let error = await #expect(throws: AgentError.self) { _ = try await thread.run(TurnRequest(text: "go")) }
        #expect(error?.code == .died)
    }

    @Test func `it cannot be steered, and nothing can be answered`() async throws {
        try await run("cat") { shell in
            let thread = try await shell.thread(resume: "t1")
            #expect(thread.id == nil)
            await thread.interrupt()
            await thread.answer("a0", .allow)
            let error = await #expect(throws: AgentError.self) { try await thread.steer("left") }
            #expect(error?.code == .refused)
        }
    }
}
