import Foundation
import Testing

/// The program while it runs; it is killed when nobody holds this any more.
final class Run: Sendable {
    /// How a run ended, and all it wrote.
    struct Result: Sendable {
        /// The exit code; 128 and the number of the signal, when one ended it.
        var status: Int32
        var output: String
        var errors: String
    }

    let pid: pid_t
    /// Its standard output, or all that its terminal shows.
    let output: Transcript
    /// Its standard error; empty at a terminal.
    let errors: Transcript
    /// nil with pipes.
    let terminal: PseudoTerminal?
    private let input: InputFeed
    private let status = Watched<Int32?>(nil)
    /// Kept, so that its directory outlives the run.
    private let program: Program

    /// Takes over a child that was just started.
    init(
        of program: Program, pid: pid_t, input: InputFeed, output: Transcript, errors: Transcript,
        terminal: PseudoTerminal? = nil
    ) {
        self.program = program
        self.pid = pid
        self.input = input
        self.output = output
        self.errors = errors
        self.terminal = terminal
        Thread.detachNewThread { [status] in
            var raw: Int32 = 0
            while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
            terminal?.letGo()
            let signal = raw & 0x7f
            status.change { $0 = signal == 0 ? (raw >> 8) & 0xff : 128 + signal }
        }
    }

    deinit { if status.value == nil { kill(pid, SIGKILL) } }

    /// Types the text, or pipes it in; returns at once, and nothing is lost when the program reads slowly.
    func send(_ text: String) { input.send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { input.send(bytes) }

    /// Ends the input after all that was sent.
    func closeInput() { input.close() }

    /// Sends a signal; nothing when the program has ended.
    func signal(_ number: Int32) { if status.value == nil { kill(pid, number) } }

    /// Waits for the end, and returns whether it came in time.
    func hasEnded(within limit: Duration) async -> Bool { await status.wait(within: limit) { $0 } != nil }

    /// Waits for the end, and returns how it ended and what it wrote altogether.
    @discardableResult
    func ended(
        within limit: Duration = Program.patience, at location: SourceLocation = #_sourceLocation
    ) async throws -> Result {
        let status = await status.wait(within: limit) { $0 }
        let code = try #require(
            status, "it did not end within \(limit): \(output.text.suffix(2000)) \(errors.text.suffix(2000))",
            sourceLocation: location)
        _ = try await output.rest()
        _ = try await errors.rest()
        return Result(status: code, output: output.text, errors: errors.text)
    }
}
