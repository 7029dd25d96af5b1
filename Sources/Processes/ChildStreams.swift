#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Subprocess

/// A started child with its three streams, from start to end.
struct ChildStreams: Sendable {
    typealias Started = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

    private let execution: Started
    private let executable: String
    private let steps: [TeardownStep]
    private let ward: Ward?
    private let stage = ChildStage()
    private let exit = ChildExit()
    private let input: ChildInput

    private var pid: pid_t { execution.processIdentifier.value }

    init(_ execution: Started, of executable: String, closing steps: [TeardownStep], ward: Ward?) {
        self.execution = execution
        self.executable = executable
        self.steps = steps
        self.ward = ward
        input = ChildInput(execution.standardInputWriter, of: executable)
    }

    /// Runs `body` with the child, then takes the child down; returns when it has ended and its streams are read.
    func run<Value: Sendable>(
        stderr: @escaping @Sendable (String) -> Void, body: (RunningChild) async throws -> Value
    ) async -> Result<Value, any Error> {
        await withTaskGroup(of: Void.self) { group in
            // Both go on through a cancellation: a child that is ending may still fill its standard error.
            group.addTask { await uncancelled { await self.drain(to: stderr) } }
            group.addTask { await self.endWhenCancelled() }
            let child: Result<RunningChild, any Error>
            do {
                child = .success(try await handle())
            } catch {
                child = .failure(error)
            }
            // Only now: it removes the record of a child that has ended, in which the guard's words are to be read.
            group.addTask { await uncancelled { await self.watch() } }
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(try await body(try child.get()))
            } catch {
                outcome = .failure(error)
            }
            await input.close()
            // A cancelled task's child is already being taken through the same steps, and must not get SIGTERM twice.
            if !Task.isCancelled { await end() }
            await group.waitForAll()
            await input.closed()
            stage.advance(to: .gone)
            return outcome
        }
    }

    private func handle() async throws -> RunningChild {
        let program = try await ward?.started(leader: pid, executable: executable) ?? pid
        let output = ChildOutput(chunks: execution.standardOutput, stage: stage, executable: executable)
        return RunningChild(pid: program, output: output, input: input, exit: exit)
    }

    /// Ends the child, whose input is closed.
    private func end() async {
        guard let ward, ward.isGuarded else { return await execution.teardown(using: steps) }
        await uncancelled { await ward.end(leader: pid, exit: exit) }
    }

    /// Ends a guarded child on cancellation, whatever the body does meanwhile; others are ended underneath.
    private func endWhenCancelled() async {
        guard let ward, ward.isGuarded else { return }
        do {
            _ = try await exit.wait()
        } catch is CancellationError {
            await uncancelled {
                await input.close()
                await ward.end(leader: pid, exit: exit)
            }
        } catch {
            // It has ended, in an unknown way.
        }
    }

    /// Waits for the child's end and makes it that of its group.
    private func watch() async {
        await execution.teardown(using: [.waiting])
        // Teardown stops when the leader exits, and what the leader started would live on. The number is still the
        // group's: the leader's remains are taken only after the closure.
        _ = kill(-pid, SIGKILL)
        // Before the ends of its pipes are waited for, which what left the group may hold.
        await ward?.finish(after: pid)
        stage.advance(to: .ended)
        let unknown = ChildProcessError(.statusUnknown, executable)
        await exit.end(ChildExit.peek(pid).map { .success($0) } ?? .failure(unknown))
    }

    private func drain(to handler: @Sendable (String) -> Void) async {
        let output = ChildOutput(chunks: execution.standardError, stage: stage, executable: executable)
        do {
            for try await line in ChildLines(output: output) { handler(line) }
        } catch {
            handler("\(error)")
        }
    }
}

extension TeardownStep {
    /// The only public way to wait for the end while the closure runs: a step that outlasts any child.
    static var waiting: TeardownStep {
        .send(signal: Signal(rawValue: 0), allowedDurationToNextStep: .seconds(10 * 365 * 24 * 3600))
    }
}
