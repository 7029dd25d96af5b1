import Testing

extension BuiltProgramTests {
    /// Lines piped into `cm chat`, answered by the agent that needs nothing.
    @Suite(.timeLimit(.minutes(1))) struct ScriptTests {
        @Test func `only answers go to the output, and nothing to the errors`() async throws {
            let result = try await Program().run("chat", input: "/mode single\nhello\n/status\n")
            let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.first == "mode: single")
            #expect(lines.dropFirst().first == "I am the offline agent of cm and cannot work on “hello”.")
            #expect(result.output.contains("\nsession    tty:default · mode single"))
            #expect(result.errors == "")
            #expect(result.status == 0)
        }

        @Test func `a script has no colours, no prompt and no cursor movements`() async throws {
            let result = try await Program().run("chat", input: "hello\n/help\n/status\n")
            #expect(!result.output.contains("\u{1B}") && !result.output.contains("»"))
            #expect(!result.output.contains("\r"))
        }

        @Test(arguments: ["/mode dance", "/history x", "/status now", "/agent nobody", "/staus", "/edit"])
        func `a wrong command makes the script fail, and the rest runs`(command: String) async throws {
            let result = try await Program().run("chat", input: "\(command)\nhello\n")
            #expect(result.status == 1)
            #expect(result.errors.hasPrefix("cm: error: "))
            #expect(result.errors.split(separator: "\n").count == 1)
            #expect(result.output.contains("“hello”"))
        }

        @Test func `with --fail-fast nothing runs after the first wrong command`() async throws {
            let result = try await Program().run("chat", "--fail-fast", input: "/mode\n/staus\nhello\n")
            #expect(result.status == 1)
            #expect(result.output == "mode: single\n")
        }

        @Test func `a mistyped command gets a suggestion and is not sent on`() async throws {
            let result = try await Program().run("chat", input: "/staus\n")
            #expect(result.errors.contains("unknown command /staus; did you mean /status?"))
            #expect(result.output == "")
        }

        @Test(arguments: ["//quit": "“/quit”", "/frobnicate a b": "“/frobnicate a b”", "//": "“/”"])
        func `what is no command goes to the agent`(line: String, heard: String) async throws {
            let result = try await Program().run("chat", input: line + "\n")
            #expect(result.output.contains(heard))
            #expect(result.status == 0)
        }

        @Test func `cancelling with nothing running is fine`() async throws {
            let result = try await Program().run("chat", input: "/cancel\n/cancel all\n")
            #expect(result.status == 0)
            #expect(result.errors == "")
        }

        @Test(arguments: ["/quit", "/exit"])
        func `a script can leave before its end`(command: String) async throws {
            let result = try await Program().run("chat", input: "/mode\n\(command)\nhello\n")
            #expect(result.output == "mode: single\n")
            #expect(result.status == 0)
        }

        @Test func `a command may be addressed as in a group, in any case`() async throws {
            let result = try await Program().run("chat", input: "/MODE@somebot\n")
            #expect(result.output == "mode: single\n")
        }

        @Test func `each line is answered while the next is not written yet`() async throws {
            let run = try Program().start("chat")
            for number in 1...3 {
                run.send("message \(number)\n")
                try await run.output.read(through: "“message \(number)”")
            }
            run.closeInput()
            #expect(try await run.ended().status == 0)
        }

        @Test func `the conversation goes on in the next run, and another session has its own`() async throws {
            let program = try Program()
            _ = try await program.run("chat", input: "the first\n")
            _ = try await program.run("chat", "--session", "other", input: "the second\n")
            let history = try await program.run("chat", input: "/history\n").output
            #expect(history.contains("the first") && !history.contains("the second"))
        }

        @Test func `after /new the earlier conversation is not shown any more`() async throws {
            let program = try Program()
            let result = try await program.run("chat", input: "the first\n/new\n/history\n")
            #expect(result.output.hasSuffix("nothing was said yet\n"))
        }

        @Test func `control characters of an answer are shown and not passed on`() async throws {
            let result = try await Program().run("chat", input: "\u{1B}]0;x\u{7} \u{1B}[2J \u{9B}2J \u{8}\n")
            #expect(result.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
            #expect(result.output.contains("␛]0;x␇"))
        }

        @Test func `a reader that goes away ends the script`() async throws {
            let run = try Program().startWithoutReader("chat")
            run.send(String(repeating: "/help\n", count: 1000))
            let result = try await run.ended()
            #expect(result.status == 1)
        }
    }
}
