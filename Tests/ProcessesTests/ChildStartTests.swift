import Foundation
import Processes
import Testing

/// Why a child does not start.
@Suite(.timeLimit(.minutes(1))) struct ChildStartTests {
    private func error(_ child: ChildProcess) async -> ChildProcessError? {
        await #expect(throws: ChildProcessError.self) { try await child.run { _ in } }
    }

    @Test func `a program that is nowhere names the directories searched`() async {
        let error = await error(ChildProcess("no-such-agent", environment: ["PATH": "/usr/bin:/bin"]))
        #expect(error?.code == .notFound)
        #expect(
            error?.description
                == "no-such-agent was not found in PATH (/usr/bin:/bin); install it or give its full path")
        #expect(await self.error(ChildProcess("sh", environment: [:]))?.place == "unset")
        #expect(await self.error(ChildProcess("/no/such", environment: [:]))?.description == "/no/such does not exist")
    }

    @Test func `a file that cannot be executed is named`() async {
        let error = await error(ChildProcess("passwd", environment: ["PATH": "/etc"]))
        #expect(error?.code == .notExecutable)
        #expect(error?.description == "/etc/passwd is not an executable file")
        #expect(await self.error(ChildProcess("/bin", environment: [:]))?.code == .notExecutable)
    }

    @Test(arguments: ["/no/such/directory", "/etc/passwd"])
    func `a wrong working directory is named`(directory: String) async {
        let error = await error(ChildProcess("/bin/sh", environment: [:], workingDirectory: directory))
        #expect(error?.code == .workingDirectory)
        #expect(error?.description.hasPrefix("/bin/sh cannot run in \(directory): ") == true)
    }

    @Test func `a file of no known kind is told apart from one that is missing`() async throws {
        let path = NSTemporaryDirectory() + "child-start-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("#!/no/such/interpreter\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        #expect(await error(ChildProcess(path, environment: [:]))?.code == .notStarted)
    }

    @Test func `arguments too large for the system are reported as its refusal`() async {
        let huge = String(repeating: "x", count: 8 << 20)
        let error = await error(ChildProcess("/bin/sh", arguments: [huge], environment: [:]))
        #expect(error?.code == .notStarted)
        #expect(error?.errno == E2BIG)
    }

    @Test func `a cancelled task starts nothing`() async {
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await ChildProcess.shell("exit 0").run { _ in }
        }
        await #expect(throws: CancellationError.self) { try await run.value }
    }
}
