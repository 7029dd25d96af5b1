#if os(Linux)
    import Testing

    extension BuiltProgramTests {
        /// Long scripts take no more memory than short ones.
        @Suite(.timeLimit(.minutes(2))) struct ScriptMemoryTests {
            /// Pipes `count` lines more, one after the other, and returns the kilobytes used when all are answered.
            private func use(
                _ count: Int, of line: (Int) -> String, answeredBy answer: String, in run: Run
            ) async throws -> Int {
                for number in 0..<count { run.send(line(number)) }
                for _ in 0..<count { try await run.output.read(through: answer, within: .seconds(60)) }
                return try #require(OtherProcess(pid: run.pid).residentKilobytes)
            }

            @Test func `100,000 commands take no more memory than 10,000`() async throws {
                let run = try Program().start("chat")
                let early = try await use(10_000, of: { _ in "/mode\n" }, answeredBy: "mode: single\n", in: run)
                let late = try await use(90_000, of: { _ in "/mode\n" }, answeredBy: "mode: single\n", in: run)
                print("after 10,000 commands \(early) kB, after 100,000 \(late) kB")
                #expect(late - early < 4096)
                run.closeInput()
                #expect(try await run.ended().status == 0)
            }

            @Test func `2,000 messages take no more memory than 500`() async throws {
                let run = try Program().start("chat")
                // The first is answered by the introduction.
                run.send("hello\n")
                try await run.output.read(through: "insists on it.\n")
                let end = "or “help”.\n"
                let early = try await use(500, of: { "message \($0)\n" }, answeredBy: end, in: run)
                let late = try await use(1500, of: { "message \($0)\n" }, answeredBy: end, in: run)
                print("after 500 messages \(early) kB, after 2,000 \(late) kB")
                // The database's own cache is still growing to its bound of 2 MB meanwhile.
                #expect(late - early < 6144)
                run.closeInput()
                #expect(try await run.ended().status == 0)
            }
        }
    }
#endif
