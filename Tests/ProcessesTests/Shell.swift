import Processes

extension ChildProcess {
    /// A child that runs `script`, with a short grace so that the stubborn ones do not hold up the tests.
    static func shell(_ script: String, grace: Duration = .milliseconds(200)) -> ChildProcess {
        ChildProcess(
            "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], grace: grace)
    }
}

extension RunningChild {
    /// All lines up to the end.
    func allLines() async throws -> [String] { try await lines.reduce(into: []) { $0.append($1) } }
}

/// Collects what a handler is given.
final class Recorder: Sendable {
    private let (recorded, recording) = AsyncStream<String>.makeStream()

    @Sendable func record(_ line: String) { recording.yield(line) }

    /// All that was recorded; asked for once, at the end.
    func lines() async -> [String] {
        recording.finish()
        return await recorded.reduce(into: []) { $0.append($1) }
    }
}
