import Foundation
import Testing

extension BuiltProgramTests {
    /// A person at a terminal whom the agent asks.
    @Suite(.timeLimit(.minutes(1))) struct TerminalApprovalTests {
        private static let offer = "allow? y once · s session · n deny · e deny with a reason · v view » "

        private func start(_ program: Program) async throws -> Run {
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            try await run.output.read(through: "» ")
            return run
        }

        /// Starts a turn whose agent asks, and returns when keys answer.
        private func startAsking(in program: inout Program) async throws -> Run {
            try program.useStandIn("approval")
            let run = try await start(program)
            run.send("do it\r")
            try await run.output.read(through: Self.offer)
            return run
        }

        @Test func `what is asked is shown whole, and the prompt says who is waited for`() async throws {
            var program = try Program()
            try program.useStandIn("approval")
            let run = try await start(program)
            run.send("do it\r")
            let shown = try await run.output.read(through: "cm waiting for you 0 s » ")
            #expect(shown.contains(/a\d+ wants to run a command\n  \$ touch approved\n/))
            #expect(shown.contains("  why: the stand-in asks for it\n  in /\n"))
            try await run.output.read(through: "waiting for you 2 s · " + Self.offer)
        }

        @Test(arguments: [
            ("y", "allowed once", "accept"), ("Y", "allowed once", "accept"),
            ("s", "allowed for this session", "accept"), ("n", "denied", "decline"),
        ])
        func `one key answers`(key: String, told: String, decision: String) async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send(key)
            try await run.output.read(through: "touch approved · \(told)\n")
            try await run.output.read(through: "The decision was: \(decision)\n")
            try await run.output.read(through: "cm» ")
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
        }

        @Test func `what was allowed for the session is not asked again`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("s")
            try await run.output.read(through: "✓ ")
            run.send("again\r")
            let shown = try await run.output.read(through: "✓ ")
            #expect(shown.contains("touch approved · allowed by the answer for this session"))
            #expect(!shown.contains("wants to run") && !shown.contains("waiting for you"))
        }

        @Test func `what a rule allows is told and not asked`() async throws {
            var program = try Program()
            try program.useStandIn("approval")
            let run = try program.startAtTerminal("chat", "--approve", "all")
            try await run.output.read(through: "/help")
            run.send("do it\r")
            let shown = try await run.output.read(through: "✓ ")
            #expect(shown.contains("touch approved · allowed by --approve all"))
            #expect(!shown.contains("wants to run") && !shown.contains("waiting for you"))
        }

        @Test func `e denies with a reason, and Escape leads back to the question`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("e")
            try await run.output.read(through: "your reason » ")
            run.send("never mind")
            try await run.output.read(through: "never mind")
            run.send("\u{1B}")
            try await run.output.read(through: Self.offer)
            run.send("e")
            try await run.output.read(through: "your reason » ")
            run.send("not in this folder\r")
            try await run.output.read(through: "touch approved · denied: not in this folder\n")
            try await run.output.read(through: "The decision was: decline\n")
        }

        @Test(arguments: ["stop", "no wait", "yes or no"])
        func `a word that begins with a key is typed and answers nothing`(word: String) async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            for letter in word {
                run.send(String(letter))
                // What is tested is the time between two keys of a person.
                try await Task.sleep(for: .milliseconds(120))
            }
            try await run.output.read(through: word)
            run.send("\u{15}")
            try await run.output.read(through: Self.offer)
            run.send("n")
            try await run.output.read(through: "touch approved · denied\n")
        }

        @Test func `Enter behind a key confirms it`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("y")
            try await Task.sleep(for: .milliseconds(50))  // one key and then the other, as a person presses them
            run.send("\r")
            try await run.output.read(through: "touch approved · allowed once\n")
            try await run.output.read(through: "cm» ")
        }

        @Test func `with text in the line keys are typed, and the emptied line brings them back`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("/stat")
            try await run.output.read(through: "/stat")
            run.send("us\r")
            try await run.output.read(through: "waiting for you (a")
            try await run.output.read(through: Self.offer)
            run.send("yes, please")
            try await run.output.read(through: "cm waiting for you")
            try await run.output.read(through: "yes, please")
            run.send("\u{15}")
            try await run.output.read(through: Self.offer)
            run.send("y")
            try await run.output.read(through: "The decision was: accept\n")
        }

        @Test func `what comes up while a line is typed takes no key, however long the typing rests`() async throws {
            var program = try Program()
            try program.useStandIn("approval")
            let run = try await start(program)
            run.send("do it\r")
            // Before the agent asks, or just then: from here on the line is never empty.
            run.send("half a ")
            try await run.output.read(through: "wants to run a command")
            try await run.output.read(through: "waiting for you 2 s » half a ")
            run.send("y")
            try await run.output.read(through: "waiting for you 4 s » half a y")
            run.send("\u{15}")
            let shown = try await run.output.read(through: Self.offer)
            #expect(!shown.contains("allowed"))
            run.send("n")
            try await run.output.read(through: "touch approved · denied\n")
        }

        @Test(arguments: [["x"], ["y", "e", "s"], ["d", "o", " ", "i", "t"]])
        func `Backspace to the empty line brings the keys back`(typed: [String]) async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            for key in typed + typed.map({ _ in "\u{7F}" }) {
                run.send(key)
                // What is tested is the time between two keys of a person.
                try await Task.sleep(for: .milliseconds(120))
            }
            try await run.output.read(through: "cm waiting for you")
            try await run.output.read(through: Self.offer)
            run.send("n")
            try await run.output.read(through: "touch approved · denied\n")
        }

        @Test func `v shows the question once more, and it is as open as before`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            for _ in 1...2 {
                run.send("v")
                let shown = try await run.output.read(through: Self.offer)
                #expect(shown.contains(/a\d+ wants to run a command\n  \$ touch approved\n  why: the stand-in/))
            }
            run.send("y")
            try await run.output.read(through: "touch approved · allowed once\n")
            try await run.output.read(through: "The decision was: accept\n")
        }

        @Test func `the one open question needs no name`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("/deny not here\r")
            try await run.output.read(through: "touch approved · denied by ")
            try await run.output.read(through: "The decision was: decline\n")
        }

        @Test func `Ctrl-C stops the turn that asks`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("\u{3}")
            try await run.output.read(through: "touch approved · no longer asked: the end of the turn\n")
            try await run.output.read(through: "■ stopped after ")
            try await run.output.read(through: "cm» ")
            run.send("yes\r")
            try await run.output.read(through: "wants to run a command")
        }

        @Test func `commands answer, too, and Tab knows what is open`() async throws {
            var program = try Program()
            let run = try await startAsking(in: &program)
            run.send("/approve \t")
            try await run.output.read(through: "» /approve a")
            run.send("\r")
            try await run.output.read(through: "touch approved · allowed by ")
            try await run.output.read(through: "The decision was: accept\n")
        }

        @Test(arguments: ["/quit\r", "\u{4}"])
        func `who leaves is told what waits, and finds it at the next start`(keys: String) async throws {
            var program = try Program()
            let first = try await startAsking(in: &program)
            first.send(keys)
            let goodbye = try await first.ended()
            #expect(goodbye.status == 0)
            let told =
                /waits for your answer to (a\d+) \(touch approved\); it is kept: start cm chat again and \/approve\s+a/
            let id = try #require(goodbye.output.firstMatch(of: told)).1
            #expect(!goodbye.output.contains("finished first"))

            let second = try program.startAtTerminal("chat")
            try await second.output.read(through: "\(id) wants to run a command")
            try await second.output.read(through: Self.offer)
            second.send("y")
            try await second.output.read(through: "\(id) touch approved · allowed once")
            // The agent asks once more, and is allowed to by the answer that was given before.
            try await second.output.read(through: "touch approved · allowed by ")
            try await second.output.read(through: "The decision was: accept\n")
        }

        @Test func `of two questions the older one comes first`() async throws {
            var program = try Program()
            let first = try await startAsking(in: &program)
            first.send("\u{4}")
            try await first.ended()

            let run = try await start(program)
            try await run.output.read(through: Self.offer)
            run.send("something else\r")
            try await run.output.read(through: "wants to run a command")
            try await run.output.read(through: "1 of 2 · " + Self.offer)
            run.send("n")
            try await run.output.read(through: "touch approved · denied\n")
            try await run.output.read(through: "next a")
            let shown = try await run.output.read(through: Self.offer)
            #expect(!shown.contains("of 2 · allow"))
            run.send("y")
            try await run.output.read(through: "touch approved · allowed once\n")
            try await run.output.read(through: "The decision was: accept\n")
        }
    }
}
