/// A child while it runs; valid inside the closure it was handed to.
///
/// Used later, its output is at its end and writing to it fails.
public struct RunningChild: Sendable {
    /// The program's process, also under a guard.
    ///
    /// Without one it is also the number of its process group.
    public let pid: Int32
    /// Its standard output, as bytes.
    public let output: ChildOutput
    let input: ChildInput
    let exit: ChildExit

    /// Its standard output, as lines of text; instead of `output`, not beside it.
    public var lines: ChildLines { ChildLines(output: output) }

    /// Writes all of `bytes` to the child's standard input, waiting while its pipe is full.
    ///
    /// Throws ``ChildProcessError`` when the child does not read any more. A write that fails or is cancelled may have
    /// written a part; the input is closed then. Writes of several tasks do not mix.
    public func write(_ bytes: some Sequence<UInt8>) async throws { try await input.write(Array(bytes)) }

    /// Closes the child's standard input after the write under way, so that it reads end-of-file.
    public func closeInput() async { await input.close() }

    /// Waits until the child has ended, and says how.
    ///
    /// Throws `CancellationError` when the task is cancelled first.
    public func ended() async throws -> ExitStatus { try await exit.wait() }
}
