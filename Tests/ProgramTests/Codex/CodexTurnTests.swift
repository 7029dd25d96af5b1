import Testing

extension BuiltProgramTests {
    /// Turns with a Codex that does its work, or misbehaves in the middle of it.
    @Suite(.timeLimit(.minutes(1))) struct CodexTurnTests {
        private func run(
            _ mode: String, _ more: [String: String] = [:], _ arguments: [String] = [], input: String = "hello\n"
        ) async throws -> (result: Run.Result, events: [ScriptEvent], traffic: StandInTraffic) {
            var program = try Program()
            try program.useStandIn(mode, more)
            let result = try await program.run(["chat", "--json"] + arguments, input: Array(input.utf8))
            return (result, try result.events(), try program.standInTraffic())
        }

        @Test func `messages of a run share a thread, and the next run resumes it`() async throws {
            var program = try Program()
            try program.useStandIn()
            _ = try await program.run("chat", input: "one\ntwo\n")
            let result = try await program.run("chat", input: "three\n")
            #expect(result.output == "You said: three\n")
            let traffic = try program.standInTraffic()
            #expect(traffic.prompts == ["one", "two", "three"])
            #expect(Set(traffic.threads).count == 1)
            #expect(traffic.methods.filter { $0 == "thread/start" }.count == 1)
            #expect(traffic.methods.filter { $0 == "thread/resume" }.count == 1)
        }

        @Test func `after /new the next message has a thread of its own`() async throws {
            let (_, _, traffic) = try await run("normal", input: "one\n/new\ntwo\n")
            #expect(Set(traffic.threads).count == 2)
        }

        @Test func `usage is reported with the end of a turn`() async throws {
            let (_, events, _) = try await run("normal")
            #expect(events.of("turn.finished").first?.usage == .init(inputTokens: 100, outputTokens: 20))
        }

        @Test func `what Codex says beyond our understanding does no harm`() async throws {
            let (result, events, _) = try await run("noise")
            #expect(result.status == 0)
            #expect(events.endings == ["ok: You said: hello"])
            #expect(events.of("notice") == [])
        }

        @Test func `a line of 5 MB from Codex does no harm`() async throws {
            let (result, events, _) = try await run("bigline")
            #expect(result.status == 0)
            #expect(events.endings == ["ok: You said: hello"])
            #expect(events.of("action").allSatisfy { $0.title?.contains("seq") == true })
            #expect(events.of("action").map(\.status) == ["started", "completed"])
        }

        @Test(arguments: [
            ("unauthorized", "auth"), (#"{"httpConnectionFailed":{"httpStatusCode":401}}"#, "auth"),
            ("usageLimitExceeded", "quota"), ("rateLimitExceeded", "rate_limit"),
            (#"{"responseTooManyFailedAttempts":{"httpStatusCode":429}}"#, "rate_limit"),
            ("contextWindowExceeded", "context"), ("serverOverloaded", "network"),
            (#"{"responseStreamDisconnected":{"httpStatusCode":null}}"#, "network"),
            ("badRequest", "refused"), ("other", "internal"), ("somethingNew", "internal"),
        ])
        func `a failure of the provider has a kind that scripts can act on`(info: String, kind: String) async throws {
            let (result, events, _) = try await run("error:\(info)")
            let end = try #require(events.of("turn.finished").first)
            #expect(end.status == "error" && end.error?.kind == kind)
            #expect(end.error?.message == "the stand-in failed, as asked")
            #expect(result.status == 1)
        }

        @Test func `a failed turn is told on the errors, with kind and reason`() async throws {
            var program = try Program()
            try program.useStandIn("error:unauthorized")
            let result = try await program.run("chat", input: "hello\n")
            #expect(result.output == "")
            #expect(result.errors == "cm: error: the turn ended as error (auth): the stand-in failed, as asked\n")
        }

        // MARK: Crashes of the agent

        @Test func `a Codex that dies before it acted is started again, and the message runs again once`() async throws
        {
            let (result, events, traffic) = try await run("die-in-turn", ["STANDIN_DIE_ONCE": "1"])
            #expect(result.status == 0)
            #expect(events.of("turn.started").map(\.text) == ["hello", "hello"])
            #expect(Set(events.of("turn.started").map(\.turn)).count == 2)
            #expect(events.endings.last == "ok: You said: hello")
            #expect(events.of("turn.finished").map(\.status) == ["interrupted", "ok"])
            #expect(traffic.prompts == ["hello", "hello"])
            #expect(traffic.pids.count == 2)
            #expect(Set(traffic.threads).count == 1)
        }

        @Test func `in plain output the turn that ran again is answered once`() async throws {
            var program = try Program()
            try program.useStandIn("die-in-turn", ["STANDIN_DIE_ONCE": "1"])
            let result = try await program.run("chat", input: "hello\n")
            #expect(result.output == "You said: hello\n")
            #expect(result.status == 0)
        }

        @Test func `a Codex that always dies is not tried a third time, and the next message is tried`() async throws {
            let (result, events, traffic) = try await run("die-in-turn", input: "one\ntwo\n")
            #expect(result.status == 1)
            #expect(traffic.prompts == ["one", "one", "two", "two"])
            #expect(events.of("turn.finished").map(\.status) == ["interrupted", "error", "interrupted", "error"])
            let error = events.of("turn.finished")[1].error
            #expect(error?.kind == "process")
            #expect(error?.message.contains("for the second time; it is not tried again") == true)
        }

        @Test func `a Codex that dies after it acted is not repeated, and what was done is named`() async throws {
            let (result, events, traffic) = try await run("die-in-turn", ["STANDIN_DIE_AFTER_ACTION": "1"])
            #expect(result.status == 1)
            #expect(traffic.prompts == ["hello"])
            #expect(events.of("turn.finished").map(\.status) == ["interrupted"])
            let message = events.of("turn.finished").first?.error?.message ?? ""
            #expect(message.contains("It was not repeated, because it had acted: "))
            #expect(message.contains("touch done"))
        }

        // MARK: Approvals

        @Test(arguments: [[], ["--approve", "none"], ["--approve", "read"]])
        func `a command beyond the sandbox is denied at once, with a notice`(arguments: [String]) async throws {
            let (result, events, _) = try await run("approval", [:], arguments)
            #expect(events.of("approval").map(\.status) == ["asked", "denied"])
            #expect(
                events.of("approval").allSatisfy {
                    $0.kind == "command" && $0.title?.contains("touch approved") == true
                })
            #expect(events.of("notice").count == 1)
            #expect(events.of("notice").first?.text?.hasPrefix("denied: ") == true)
            #expect(events.of("action").last?.status == "declined")
            #expect(events.endings == ["ok: The decision was: decline"])
            #expect(result.status == 0)
        }

        @Test func `with --approve all it is allowed, without a notice`() async throws {
            let (_, events, _) = try await run("approval", [:], ["--approve", "all"])
            #expect(events.of("approval").map(\.status) == ["asked", "allowed"])
            #expect(events.of("approval").last?.by == "--approve all")
            #expect(events.of("notice") == [])
            #expect(events.endings == ["ok: The decision was: accept"])
        }
    }
}
