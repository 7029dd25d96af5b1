import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// A command of the real Codex that tries to pass for a person; no sandbox stops it.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentIntruderTests {
        private static let offer = "allow? y once · s session · n deny · e deny with a reason · v view » "

        @Test func `however it hides, it answers nothing, starts nothing and changes nothing`() async throws {
            var world = try await ProviderWorld.forTools(of: .codex)
            world.program.environment["CM_CODEX_APPROVAL_POLICY"] = "never"
            let program = world.program
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            let script = URL(filePath: #filePath).appending(path: "../../../Tools/intruder.py").standardizedFileURL
            let socket = try program.stateFile("cm.sock")
            let words = [BuiltPrograms.cm, socket, "tty:default", program.path("tmp")].joined(separator: " ")
            let intrude = "[[sh: python3 \(script.path(percentEncoded: false)) \(words)]]"
            let notify = ProvidedAgent.codex.calls("notify", arguments: #"{"text":"x"}"#, then: "[[say: so be it]]")
            // More than a person would type.
            run.send("\u{1b}[200~\(intrude) \(notify)\u{1b}[201~\r")
            let asked = try await run.output.read(through: Self.offer)
            let number = try #require(asked.firstMatch(of: /a(\d+) wants to use a tool/)?.1)
            try program.write(String(number), to: "tmp/next")
            try FileManager.default.moveItem(atPath: program.path("tmp/next"), toPath: program.path("tmp/go"))
            for way in ["plain", "clean", "detached"] {
                let report = try await eventually("the one that is \(way) has tried all", within: .seconds(60)) {
                    FileManager.default.contents(atPath: program.path("tmp/\(way).json"))
                }
                try check(try JSONDecoder().decode(Attempts.self, from: report), of: way)
            }
            // The person is still asked, and the first who answers.
            run.send("y")
            try await run.output.read(through: "cm: notify · allowed once")
            try await run.output.read(through: "so be it")
            try await run.output.read(through: "✓ ")
            run.send("/sessions\r")
            let sessions = try await run.output.read(through: "* tty:default")
            #expect(!sessions.contains("tty:other") && !sessions.contains("ask:"))
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(try await program.left(within: .seconds(3)).isEmpty)
        }

        private func check(_ attempts: Attempts, of way: String) throws {
            #expect(attempts.calls.count == 6)
            for call in attempts.calls {
                // With a key that does not fit, nobody is greeted.
                let isGreeted = call.greeting == "agent"
                #expect(isGreeted || call.greeting == "-32003", "\(way), \(call)")
                #expect(isGreeted != ["another session with this key", "a key alone"].contains(call.claim))
                #expect(call.answers.count == 9)
                #expect(
                    call.answers.values.allSatisfy { $0 == (isGreeted ? "-32003" : "-32002") }, "\(way), \(call)")
            }
            let allowed = ["session list", "session show", "session export", "agents"]
            #expect(attempts.programs.count == 11)
            for program in attempts.programs {
                let isAllowed = allowed.contains { program.command.hasPrefix($0) }
                #expect(program.status == (isAllowed ? 0 : 69), "\(way), \(program)")
                #expect(program.errors.contains("is not for agents") != isAllowed, "\(way), \(program)")
            }
            #expect(attempts.servers.count == 5)
            for server in attempts.servers {
                let isOwn = server.session == "tty:default" && server.key == "the session's"
                #expect(server.answer.contains("session    tty:default") == isOwn, "\(way), \(server)")
                let isRefused =
                    server.answer.contains("agents may only call the tools of their own session")
                    || server.answer.contains("the key is not that of the session")
                #expect(isRefused != isOwn, "\(way), \(server)")
            }
        }
    }
}

/// What the intruder tells of its attempts.
private struct Attempts: Decodable {
    struct Call: Decodable {
        var claim: String
        /// The role that it was given, or the code with which it was refused.
        var greeting: String
        var answers: [String: String]
    }

    struct Program: Decodable {
        var command: String
        var status: Int32
        var errors: String
    }

    struct Server: Decodable {
        var session: String
        var key: String
        var answer: String
    }

    var calls: [Call]
    var programs: [Program]
    var servers: [Server]
}
