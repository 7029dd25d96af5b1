import Subprocess

/// What a child writes to its standard output or error, as it arrives.
///
/// Nothing is buffered here: a child that writes faster than it is read waits on its pipe. Iterated once, inside the
/// closure that the child was handed to. It ends when the child closes its end or has exited, even while a process it
/// started holds the pipe.
public struct ChildOutput: AsyncSequence, Sendable {
    let chunks: SubprocessOutputSequence
    let stage: ChildStage
    let executable: String

    /// The largest pipe that a process without privileges can have; an exited child cannot have left more.
    static let largestPipe = 1 << 20

    /// Starts reading.
    public func makeAsyncIterator() -> Iterator {
        let isGone = stage.current == .gone
        return Iterator(chunks: isGone ? nil : chunks.makeAsyncIterator(), stage: stage, executable: executable)
    }

    /// Yields chunks of up to a pipe's size.
    public struct Iterator: AsyncIteratorProtocol {
        private var chunks: SubprocessOutputSequence.AsyncIterator?
        private let stage: ChildStage
        private let executable: String
        /// How many more bytes are taken once the child has ended.
        private var leftover: Int

        init(chunks: SubprocessOutputSequence.AsyncIterator?, stage: ChildStage, executable: String) {
            self.chunks = chunks
            self.stage = stage
            self.executable = executable
            leftover = ChildOutput.largestPipe
        }

        /// The next bytes, at least one; `nil` at the end.
        public mutating func next() async throws -> [UInt8]? { try await next(isolation: #isolation) }

        /// The next bytes, on the caller's actor.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            // A process that left the group and kept the pipe could write for ever.
            guard stage.current != .gone, leftover > 0 else { return nil }
            do {
                guard let chunk = try await chunks?.next(isolation: actor) else {
                    // Reading ends on cancellation as it does at the end.
                    try Task.checkCancellation()
                    return nil
                }
                if stage.current != .running { leftover -= chunk.count }
                return chunk.withUnsafeBytes { Array($0) }
            } catch let error as SubprocessError {
                throw ChildProcessError(.outputFailed, executable, errno: errorNumber(error.underlyingError))
            }
        }
    }
}
