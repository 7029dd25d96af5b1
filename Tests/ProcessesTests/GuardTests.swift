#if os(Linux)
    import Foundation
    import Testing

    @testable import Processes

    /// To the core, a guard is the program that it guards.
    @Suite(.timeLimit(.minutes(1))) struct GuardTests {
        private static func shell(_ script: String, in unruliness: Unruliness) -> ChildProcess {
            var child = ChildProcess.shell(script)
            child.custody = unruliness.custody()
            return child
        }

        @discardableResult private func run<Value: Sendable>(
            _ script: String, body: (RunningChild) async throws -> Value
        ) async throws -> (value: Value, status: Processes.ExitStatus) {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            return try await Self.shell(script, in: unruliness).run(body: body)
        }

        @Test(arguments: [
            ("exit 0", Processes.ExitStatus.exited(0)), ("exit 7", .exited(7)), ("exit 255", .exited(255)),
            ("kill -9 $$", .signalled(9)), ("kill -15 $$", .signalled(15)), ("kill -11 $$", .signalled(11)),
            ("kill -13 $$", .signalled(13)), ("kill -35 $$", .signalled(35)),
        ])
        func `it ends as the program does`(script: String, status: Processes.ExitStatus) async throws {
            let (seen, returned) = try await run(script) { try await $0.ended() }
            #expect(seen == status && returned == status)
        }

        @Test func `the program is who is told, and only it holds the streams`() async throws {
            try await run("echo $$ $PPID; cat") { child in
                var iterator = child.lines.makeAsyncIterator()
                let numbers = try #require(try await iterator.next()).split(separator: " ").compactMap { Int32($0) }
                let guardian = try #require(numbers.last)
                #expect(numbers.first == child.pid && getpgid(child.pid) == guardian)
                let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.pid)/fd")
                #expect(Set(descriptors) == ["0", "1", "2"])
                // Held by the guard too, the streams would not end with the program.
                for descriptor in 0...2 {
                    let path = "/proc/\(guardian)/fd/\(descriptor)"
                    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "/dev/null")
                }
            }
        }

        @Test func `a program that ends at once has started all the same`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let (_, status) = try await Self.shell("exit 3", in: unruliness).run { try await $0.ended() }
                        #expect(status == .exited(3))
                    }
                }
                try await group.waitForAll()
            }
        }

        @Test func `the program starts with default signals`() async throws {
            let script = "exec grep -E '^Sig(Blk|Ign)' /proc/self/status"
            let (lines, _) = try await run(script) { try await $0.allLines() }
            let masks = lines.compactMap { $0.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } }
            // Signals 32 and above are the C library's own affair.
            #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
        }

        @Test func `the end of the input reaches the program, and the output ends when the program closes it`()
            async throws
        {
            let (lines, status) = try await run("cat; echo over; exec >&-; sleep 0.2; exit 5") { child in
                try await child.write("one\n".utf8)
                await child.closeInput()
                return try await child.allLines()
            }
            #expect(lines == ["one", "over"])
            #expect(status == .exited(5))
        }

        @Test func `writing fails once the program has closed its input`() async throws {
            try await run("exec 0<&-; echo closed; exec sleep 100") { child in
                for try await _ in child.lines { break }
                // More than a pipe holds: another child that is just being started may have it open for a moment.
                let error = await #expect(throws: ChildProcessError.self) {
                    try await child.write([UInt8](repeating: 0, count: 4 << 20))
                }
                #expect(error?.errno == EPIPE)
            }
        }

        @Test func `megabytes pass unharmed`() async throws {
            let size = 32 << 20
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            let (echo, _) = try await run("exec cat") { child in
                async let write: Void = child.write(bytes)
                var echo: [UInt8] = []
                for try await chunk in child.output {
                    echo += chunk
                    if echo.count >= size { break }
                }
                try await write
                return echo
            }
            #expect(echo == bytes)
        }

        @Test func `arguments, environment and directory are as given, and the marker`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let words = ["--", "--core", "", "a b", "$HOME; echo *", "é\n'\"\\"]
            let script = "printf '%s\\0' \"$PWD\" \"$A\" \"$CM_CHILD\" \"$0\" \"$@\""
            var child = ChildProcess(
                "bin/sh", arguments: ["-c", script, "name"] + words,
                environment: ["A": "1 2", "CM_CHILD": "another"], workingDirectory: "/")
            child.custody = unruliness.custody()
            let (bytes, _) = try await child.run { try await $0.output.reduce(into: [UInt8]()) { $0 += $1 } }
            let told = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            #expect(told.first == "/" && told.dropFirst().first == "1 2")
            #expect(Marker(told[2])?.core == .current)
            #expect(Array(told.dropFirst(3)) == ["name"] + words + [""])
        }

        @Test func `a program that cannot be started is reported with the system's reason`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let path = unruliness.folder + "/script"
            try Data("#!/no/such/interpreter\n".utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            var child = ChildProcess(path, environment: [:])
            child.custody = unruliness.custody()
            let error = await #expect(throws: ChildProcessError.self) { try await child.run { _ in } }
            #expect(error?.code == .notStarted && error?.errno == ENOENT)
            #expect(unruliness.recordNames == [])
        }

        @Test func `a program that is no guard is reported as one that does not start`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            var child = ChildProcess.shell("cat")
            child.custody = Custody(
                workspace: unruliness.workspace, directory: unruliness.records, guardedBy: "/bin/false")
            let error = await #expect(throws: ChildProcessError.self) { try await child.run { _ in } }
            #expect(error?.code == .notStarted)
            #expect(unruliness.recordNames == [])
        }

        @Test func `a signal of the program to its own group does not end it`() async throws {
            let script = "trap '' TERM; kill -TERM 0; kill -INT 0; kill -HUP 0; echo on; sleep 0.3; echo still; exit 6"
            let (lines, status) = try await run("trap '' INT HUP; \(script)") { try await $0.allLines() }
            #expect(lines == ["on", "still"])
            #expect(status == .exited(6))
        }

        @Test func `what a program leaves behind may tidy up`() async throws {
            let script = """
                setsid sh -c 'trap "echo tidied; exit" TERM; echo there; while :; do sleep 0.01; done' &
                read go; exit 4
                """
            let (lines, status) = try await run(script) { child in
                var iterator = child.lines.makeAsyncIterator()
                let first = try await iterator.next()
                try await child.write("go\n".utf8)
                return [first, try await iterator.next()]
            }
            #expect(lines == ["there", "tidied"])
            #expect(status == .exited(4))
        }

        @Test func `a guard whose core is already gone starts nothing and leaves no record`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let record = unruliness.folder + "/record"
            for gone in [
                ProcessIdentity(pid: getpid(), startTime: 1), ProcessIdentity(pid: .max, startTime: 1),
                ProcessIdentity(pid: getpid(), startTime: ProcessIdentity.current.startTime, boot: "another"),
            ] {
                try Data("cm-child\n".utf8).write(to: URL(fileURLWithPath: record))
                let call = GuardCall(
                    core: gone, grace: .zero, record: record, program: "/usr/bin/touch",
                    arguments: [unruliness.folder + "/started"])
                let child = ChildProcess(
                    Unruliness.program, arguments: [Guard.word] + call.words, environment: [:])
                #expect(try await child.run { try await $0.ended() }.status == .exited(127))
                #expect(try FileManager.default.contentsOfDirectory(atPath: unruliness.folder) == [])
            }
        }

        @Test(arguments: [[], ["--core"], ["--core", "x", "--grace", "1", "--record", "r", "--", "p"]])
        func `a call that makes no sense is refused`(words: [String]) async throws {
            let child = ChildProcess(Unruliness.program, arguments: [Guard.word] + words, environment: [:])
            #expect(try await child.run { try await $0.ended() }.status == .exited(EX_USAGE))
        }

        @Test func `a call survives its command line`() {
            let call = GuardCall(
                core: .current, grace: .milliseconds(1500), record: "/project/a b", program: "/bin/sh",
                arguments: ["--", "", "-c", "--core"])
            #expect(GuardCall(call.words) == call)
        }
    }
#endif
