import Foundation
import Processes
import Testing

/// Talking to a child.
@Suite(.timeLimit(.minutes(1))) struct ChildProcessTests {
    @Test func `a child echoes what it is written, until its input is closed`() async throws {
        let (lines, status) = try await ChildProcess("cat", environment: ["PATH": "/usr/bin:/bin"]).run { child in
            var iterator = child.lines.makeAsyncIterator()
            try await child.write("one\n".utf8)
            #expect(try await iterator.next() == "one")
            try await child.write("t\u{2028}wo\nthree".utf8)
            await child.closeInput()
            var rest: [String?] = []
            for _ in 0..<3 { rest.append(try await iterator.next()) }
            return rest
        }
        #expect(lines == ["t\u{2028}wo", "three", nil])
        #expect(status == .exited(0))
    }

    @Test func `megabytes pass both ways, and writes of several tasks do not mix`() async throws {
        let count = 40
        let line = String(repeating: "x", count: 100_000)
        let (lines, _) = try await ChildProcess.shell("cat").run { child in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<count { group.addTask { try await child.write("\(number)\(line)\n".utf8) } }
                var bytes: [UInt8] = []
                for try await chunk in child.output {
                    bytes += chunk
                    if bytes.count == (0..<count).reduce(0, { $0 + "\($1)\(line)\n".utf8.count }) { break }
                }
                try await group.waitForAll()
                return bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
            }
        }
        #expect(Set(lines) == Set((0..<count).map { "\($0)\(line)" }))
    }

    @Test func `standard error is drained line by line beside the output`() async throws {
        let recorder = Recorder()
        let script = "echo first >&2; echo out; printf 'a\\377b\\nlast' >&2"
        let (lines, _) = try await ChildProcess.shell(script).run(stderr: recorder.record) { try await $0.allLines() }
        #expect(lines == ["out"])
        #expect(await recorder.lines() == ["first", "a\u{FFFD}b", "last"])
    }

    @Test func `a megabyte of standard error without a line feed blocks nothing`() async throws {
        let recorder = Recorder()
        let script = "head -c 1048576 /dev/zero | tr '\\0' x >&2; echo done"
        let (lines, status) = try await ChildProcess.shell(script).run(stderr: recorder.record) { child in
            try await child.allLines()
        }
        #expect(lines == ["done"] && status == .exited(0))
        let pieces = await recorder.lines()
        #expect(pieces.reduce(0) { $0 + $1.utf8.count } == 1_048_576)
        #expect(pieces.allSatisfy { $0.utf8.count <= 65_536 })
    }

    @Test func `the environment is exactly as given`() async throws {
        let child = ChildProcess("/usr/bin/env", environment: ["A": "1", "B": "two words = é"])
        let (lines, _) = try await child.run { try await $0.allLines() }
        #expect(Set(lines) == ["A=1", "B=two words = é"])
    }

    @Test func `arguments are not interpreted`() async throws {
        let arguments = ["-c", "printf '%s\\n' \"$@\"", "sh", "$HOME; echo *", "", "a'b\"c\\", "-é"]
        let child = ChildProcess("/bin/sh", arguments: arguments, environment: [:])
        let (lines, _) = try await child.run { try await $0.allLines() }
        #expect(lines == Array(arguments.dropFirst(3)))
    }

    @Test func `the working directory is as given, and a relative program is found there`() async throws {
        let child = ChildProcess("bin/sh", arguments: ["-c", "pwd"], environment: [:], workingDirectory: "/")
        #expect(try await child.run { try await $0.allLines() }.value == ["/"])
        let folder = FileManager.default.currentDirectoryPath.split(separator: "/").map { _ in ".." }.joined(
            separator: "/")
        var relative = child
        relative.workingDirectory = folder.isEmpty ? "." : folder
        #expect(try await relative.run { try await $0.allLines() }.status == .exited(0))
    }

    @Test func `what the body returns and throws comes through`() async throws {
        struct Broken: Error {}
        #expect(try await ChildProcess.shell("exit 3").run { try await $0.ended() }.value == .exited(3))
        await #expect(throws: Broken.self) { try await ChildProcess.shell("cat").run { _ in throw Broken() } }
    }
}
