import Subprocess

/// The writing end of a child's standard input.
///
/// The writer underneath closes its descriptor even while a write is under way elsewhere, and the number may by then
/// belong to another child's pipe. So closing waits here for the write, and writes wait for each other.
///
/// An actor because a write suspends, and the state must hold meanwhile.
actor ChildInput {
    private enum State {
        case open
        case writing(closeAfterwards: Bool)
        case closed
    }

    private let writer: StandardInputWriter
    private let executable: String
    private var state = State.open
    /// Finished at the next change of the state.
    private var waiting: [AsyncStream<Never>.Continuation] = []

    init(_ writer: StandardInputWriter, of executable: String) {
        self.writer = writer
        self.executable = executable
    }

    /// Writes all of `bytes`, after the writes before it.
    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        while case .writing = state {
            await change()
            try Task.checkCancellation()
        }
        guard case .open = state else { throw ChildProcessError(.inputClosed, executable) }
        state = .writing(closeAfterwards: false)
        var failure: Int32?
        var written = 0
        do {
            written = try await writer.write(bytes)
        } catch {
            failure = errorNumber(error.underlyingError)
        }
        // A child that has exited takes fewer bytes than it was given, without an error. Nor can a part be continued:
        // the child would read the next message as its rest.
        let isWhole = written == bytes.count
        await endWriting(closing: !isWhole)
        guard isWhole else {
            try Task.checkCancellation()
            throw ChildProcessError(.inputClosed, executable, errno: failure)
        }
    }

    /// Closes the input, after the write under way if there is one; writes after that fail.
    func close() async {
        switch state {
        case .open: await shut()
        case .writing: state = .writing(closeAfterwards: true)
        case .closed: break
        }
    }

    /// Waits until the input is closed, which the end of the child guarantees once `close()` was called.
    func closed() async {
        while true {
            if case .closed = state { return }
            await change()
        }
    }

    private func endWriting(closing: Bool) async {
        guard case .writing(let closeAfterwards) = state else { return }
        if closing || closeAfterwards { return await shut() }
        state = .open
        announce()
    }

    private func shut() async {
        state = .closed
        // The descriptor is released even where closing reports a failure.
        try? await writer.finish()
        announce()
    }

    private func announce() {
        for signal in waiting { signal.finish() }
        waiting = []
    }

    private func change() async {
        let (changed, signal) = AsyncStream<Never>.makeStream()
        waiting.append(signal)
        for await _ in changed {}
    }
}
