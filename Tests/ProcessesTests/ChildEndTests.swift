import Foundation
import Processes
import Testing

/// How a child ends, and everything it started.
@Suite(.timeLimit(.minutes(1))) struct ChildEndTests {
    private static func isAlive(_ pid: String) throws -> Bool {
        let number = try #require(Int32(pid))
        guard kill(number, 0) == 0 else { return false }
        #if os(Linux)
            // An orphan that was killed may still wait to be reaped; a file that cannot be read is one of nobody.
            let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
            return state.map { !$0.contains(") Z") } ?? false
        #else
            return true
        #endif
    }

    /// Waits for a killed process to be gone; the kernel takes it down a moment after the signal.
    private static func expectGone(_ pid: String) async throws {
        while try isAlive(pid) { await Task.yield() }
    }

    @Test(arguments: [
        ("exit 0", Processes.ExitStatus.exited(0), "exited normally"), ("exit 7", .exited(7), "exited with code 7"),
        ("kill -9 $$", .signalled(9), "was ended by SIGKILL"),
        ("kill -35 $$", .signalled(35), "was ended by signal 35"),
    ])
    func `how it ended is told`(script: String, status: Processes.ExitStatus, text: String) async throws {
        let (seen, returned) = try await ChildProcess.shell(script).run { try await $0.ended() }
        #expect(seen == status && returned == status)
        #expect(status.description == text)
        #expect(status.isSuccess == (status == .exited(0)))
    }

    @Test func `closing the input is enough for a child that minds it`() async throws {
        let (_, status) = try await ChildProcess.shell("cat; exit 5", grace: .seconds(50)).run { _ in }
        #expect(status == .exited(5))
    }

    @Test func `a child that ignores the end of its input gets SIGTERM`() async throws {
        let (_, status) = try await ChildProcess.shell("exec sleep 100").run { _ in }
        #expect(status == .signalled(SIGTERM))
    }

    @Test func `a child that ignores SIGTERM too is killed`() async throws {
        let script = "trap '' TERM; echo ready; while :; do sleep 100; done"
        let (_, status) = try await ChildProcess.shell(script).run { child in
            for try await _ in child.lines { break }
        }
        #expect(status == .signalled(SIGKILL))
    }

    @Test func `a child may tidy up on SIGTERM`() async throws {
        let recorder = Recorder()
        let script = "trap 'echo tidied >&2; exit 4' TERM; echo ready; while :; do sleep 0.05; done"
        let child = ChildProcess.shell(script, grace: .milliseconds(500))
        let (_, status) = try await child.run(stderr: recorder.record) { child in
            for try await _ in child.lines { break }
        }
        #expect(status == .exited(4))
        // The shell also mentions that its `sleep` was ended: the signal goes to the group.
        #expect(await recorder.lines().last == "tidied")
    }

    @Test func `cancelling ends a child that ignores everything`() async throws {
        let (ready, tell) = AsyncStream<Void>.makeStream()
        let script = "trap '' TERM; echo ready; while :; do sleep 100; done"
        let run = Task {
            try await ChildProcess.shell(script).run { child in
                for try await _ in child.lines { tell.yield() }
                try Task.checkCancellation()
            }
        }
        for await _ in ready { break }
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test func `what the child started in its group ends with it, though it ignores SIGTERM`() async throws {
        let script = "(trap '' TERM; exec sleep 100) & echo $!; cat"
        let (grandchild, status) = try await ChildProcess.shell(script).run { child in
            var iterator = child.lines.makeAsyncIterator()
            return try #require(try await iterator.next())
        }
        #expect(status == .exited(0))
        try await Self.expectGone(grandchild)
    }

    @Test func `the output ends with the leader, though a grandchild holds it`() async throws {
        let (lines, status) = try await ChildProcess.shell("sleep 100 & echo $!; exit 2").run {
            try await $0.allLines()
        }
        #expect(status == .exited(2))
        try await Self.expectGone(try #require(lines.first))
    }

    @Test func `the output ends with the leader, though one that left the group writes on`() async throws {
        let script = "setsid sh -c 'echo $$; exec yes' & sleep 0.2; exit 2"
        let child = ChildProcess.shell(script)
        let ((stranger, count), status) = try await child.run { child in
            var iterator = child.lines.makeAsyncIterator()
            let stranger = try #require(try await iterator.next())
            _ = try await child.ended()
            var count = 0
            while let line = try await iterator.next() { count += line.utf8.count }
            return (stranger, count)
        }
        #expect(status == .exited(2))
        #expect(count < 4 << 20)
        // Its pipe has no reader now.
        try await Self.expectGone(stranger)
    }

    @Test func `a child leads a group of its own, with default signals`() async throws {
        let script = "exec grep -E '^Sig(Blk|Ign)' /proc/self/status"
        let (lines, _) = try await ChildProcess.shell("read go; \(script)").run { child in
            #expect(getpgid(child.pid) == child.pid)
            try await child.write("go\n".utf8)
            return try await child.allLines()
        }
        let masks = lines.compactMap { $0.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } }
        // Signals 32 and above are the C library's own affair.
        #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
    }

    @Test func `writing to a child that has gone fails and spares us`() async throws {
        let (error, status) = try await ChildProcess.shell("exit 1").run { child in
            _ = try await child.ended()
            return await #expect(throws: ChildProcessError.self) { try await child.write("late".utf8) }
        }
        #expect(status == .exited(1))
        #expect(error?.code == .inputClosed)
    }

    @Test func `writing to a child that closed its input fails, also in the middle`() async throws {
        let script = "head -c 10 >/dev/null; exec 0<&-; echo closed; exec sleep 100"
        try await ChildProcess.shell(script).run { child in
            let error = await #expect(throws: ChildProcessError.self) {
                try await child.write([UInt8](repeating: 0, count: 4 << 20))
            }
            #expect(error?.code == .inputClosed)
            #expect(error?.errno == EPIPE)
            #expect(error?.description == "/bin/sh does not read its input any more: Broken pipe")
            await #expect(throws: ChildProcessError.self) { try await child.write([1]) }
        }
    }

    @Test func `a write that is cancelled closes the input, because a part may be written`() async throws {
        try await ChildProcess.shell("exec sleep 100").run { child in
            let (begun, begin) = AsyncStream<Void>.makeStream()
            let write = Task {
                begin.yield()
                try await child.write([UInt8](repeating: 0, count: 4 << 20))
            }
            for await _ in begun { break }
            write.cancel()
            await #expect(throws: CancellationError.self) { try await write.value }
        }
    }

    @Test func `closing the input waits for the write under way`() async throws {
        let size = 3 << 20
        let (lines, _) = try await ChildProcess.shell("wc -c").run { child in
            async let write: Void = child.write([UInt8](repeating: 0, count: size))
            try await write
            await child.closeInput()
            await child.closeInput()
            await #expect(throws: ChildProcessError.self) { try await child.write([1]) }
            return try await child.allLines()
        }
        #expect(lines.map { $0.filter(\.isNumber) } == ["\(size)"])
    }

    @Test func `a child kept beyond its closure is inert`() async throws {
        let (child, _) = try await ChildProcess.shell("echo unread; cat").run { $0 }
        #expect(try await child.ended() == .exited(0))
        #expect(try await child.allLines() == [])
        await #expect(throws: ChildProcessError.self) { try await child.write("x".utf8) }
        await child.closeInput()
    }
}
