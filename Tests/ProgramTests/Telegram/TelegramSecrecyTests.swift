import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Everything that the built program leaves behind or sends, searched for its secrets.
    @Suite(.timeLimit(.minutes(1))) struct TelegramSecrecyTests {
        /// Known only from `.env`.
        private static let canary = "canary-of-the-settings-31415926"

        /// The files under `directory` in which a secret stands.
        private func files(with secrets: [String], under directory: String) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: directory).filter { name in
                let bytes = FileManager.default.contents(atPath: directory + "/" + name) ?? Data()
                return secrets.contains { bytes.range(of: Data($0.utf8)) != nil }
            }
        }

        private func expectNone(of secrets: [String], in text: String, _ what: String) {
            for secret in secrets {
                guard let found = text.firstRange(of: secret) else { continue }
                Issue.record("\(what): …\(text[..<found.lowerBound].suffix(200))<secret>")
            }
        }

        /// A stage whose token is, beside another secret, in `.env` and not in the environment, as most people have it.
        private func stage() throws -> TelegramStage {
            var stage = try TelegramStage()
            stage.program.environment["TELEGRAM_BOT_TOKEN"] = nil
            stage.program.environment["PATH"]? += ":/usr/bin:/bin"
            try stage.program.write(
                "TELEGRAM_BOT_TOKEN=\(stage.telegram.token)\nDEPLOY_TOKEN=\(Self.canary)\n", to: "workspace/.env")
            return stage
        }

        @Test func `neither the token nor what .env keeps secret is anywhere but where it has to be`() async throws {
            var stage = try stage()
            try stage.program.useStandIn("directed")
            let token = stage.telegram.token
            let secret = try #require(token.split(separator: ":").last.map(String.init))
            let run = try stage.program.start("run", "--verbose")
            try await stage.program.hosts(run)
            try await stage.chat.waitForBot(saying: "Ready")

            let command = "env > env.txt; cat /proc/$PPID/environ | tr '\\\\0' '\\\\n' >> env.txt"
            stage.telegram.say("[[sh: \(command)]] [[say: looked]]", from: stage.ann)
            try await stage.chat.waitForBot(saying: "looked")
            // Trouble of every kind that has an address, or the answer of a server, in it.
            let faults: [(String, [TelegramFault])] = [
                ("sendMessage", [.droppedBefore, .serverError(500)]),
                ("editMessageText", [.halfAnswer, .serverPage(502)]), ("getUpdates", [.droppedAfter, .invalidJSON]),
            ]
            for (method, faults) in faults { for fault in faults { stage.telegram.inject(fault, into: method) } }
            stage.telegram.inject(.badRequest("wrong file_id or \(token)"), into: "sendMessage", times: 1)
            stage.telegram.hangUp()
            stage.telegram.say("[[say: after trouble]]", from: stage.ann)
            try await stage.chat.wait(for: "the answer", timeout: .seconds(40)) { seen in
                seen.byBot.contains { $0.text == "after trouble" }
            }
            let child = try #require(stage.program.keptChildren.last)
            let environment = child.program.environment
            #expect(environment.contains("CM_CHILD="))
            expectNone(of: [token, secret], in: environment, "the agent's environment")
            let told = try String(contentsOfFile: stage.program.workspace + "/env.txt", encoding: .utf8)
            #expect(told.contains("PATH="))
            expectNone(of: [token, secret], in: told, "the environment of a command")
            // What .env says besides is for agents, and this one has just written it down.
            #expect(told.contains("DEPLOY_TOKEN="))
            try FileManager.default.removeItem(atPath: stage.program.workspace + "/env.txt")

            for command in [
                ["session", "list"], ["session", "export", "tg:\(stage.ann.id):\(stage.ann.id)"],
                ["session", "export", "tg:\(stage.ann.id):\(stage.ann.id)", "--format", "json"],
            ] {
                let result = try await stage.program.run(command, input: [])
                #expect(result.status == 0, "\(command): \(result.errors)")
                expectNone(of: [token, secret, Self.canary], in: result.output + result.errors, "\(command)")
            }
            stage.telegram.inject(.unauthorized, into: "getUpdates", times: nil)
            stage.telegram.hangUp()
            try await run.output.read(through: "401")
            run.signal(SIGTERM)
            let ended = try await run.ended()
            expectNone(of: [token, secret, Self.canary], in: ended.output + ended.errors, "output")
            // The database and its log of writes included: nobody has said it.
            let left = try files(with: [token, secret, Self.canary], under: stage.program.path(""))
            #expect(left == ["workspace/.env"])
            for call in stage.telegram.calls {
                expectNone(of: [secret, Self.canary], in: "\(call.parameters)", call.method)
            }
        }

        @Test func `of a secret in what is quoted in part, nothing is in chats, traces and logs`() async throws {
            var stage = try TelegramStage.asking()
            try stage.program.write("DEPLOY_TOKEN=\(Self.canary)\n", to: "workspace/.env")
            let beginning = String(Self.canary.prefix(6))
            try await stage.start()
            // Cut in the middle where 80 characters are quoted.
            let command = "echo \(String(repeating: "x", count: 58)) \(Self.canary) > seen"
            stage.telegram.say("[[sh: \(command)]] [[say: it is done]]", from: stage.ann)
            try await stage.chat.waitForButton("Allow once")
            for (text, told) in [("/status", "asked "), ("/queue", "running: "), ("/approve", "allowed once: ")] {
                stage.telegram.say(text, from: stage.ann)
                let shown = try await stage.chat.waitForBot(saying: told)
                #expect(shown.text.contains(text == "/queue" ? "xxxxx" : "xxxxx <redacted"), "\(shown.text)")
            }
            try await stage.chat.waitForBot(saying: "it is done")
            let state = try stage.program.stateFile("")
            let kept = try files(with: [beginning], under: state).filter { !$0.contains("cm.sqlite") }
            #expect(kept.isEmpty)
            for call in stage.telegram.calls {
                expectNone(of: [beginning], in: "\(call.parameters)", call.method)
            }
        }

        @Test func `an answer with secrets in it goes to Telegram, into logs and exports without them`() async throws {
            let stage = try stage(), token = stage.telegram.token
            let secret = try #require(token.split(separator: ":").last.map(String.init))
            // An agent that reads what it should not, and says it.
            try stage.program.write(
                "#!/bin/sh\ncat >/dev/null\ncat .env\ncat .env >&2\necho 'that is all'\n", to: "bin/robot")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: stage.program.bin + "/robot")
            try stage.program.write(
                #"{"executors": [{"name": "mine", "executor": "CUSTOM", "command": ["robot"]}]}"#,
                to: "workspace/codex-monitor.config.json")
            let run = try stage.program.start("run", "--verbose")
            try await stage.program.hosts(run)
            stage.telegram.say("what do you see?", from: stage.ann)
            try await stage.chat.waitForBot(saying: "✅")
            try await stage.chat.waitForBot(saying: "that is all")
            for text in ["/last", "/history", "/logs 100", "/status", "/diff"] {
                let count = stage.chat.transcript.byBot.count
                stage.telegram.say(text, from: stage.ann)
                try await stage.chat.wait(for: "the answer to \(text)") { $0.byBot.count > count }
            }
            let secrets = [token, secret, Self.canary]
            for format in ["markdown", "json"] {
                let name = "tg:\(stage.ann.id):\(stage.ann.id)"
                let export = try await stage.program.run("session", "export", name, "--format", format)
                #expect(export.status == 0)
                expectNone(of: secrets, in: export.output + export.errors, "export")
            }
            run.signal(SIGTERM)
            let ended = try await run.ended()
            expectNone(of: secrets, in: ended.output + ended.errors, "output")
            expectNone(of: secrets, in: stage.telegram.rendered, "the chats")
            for call in stage.telegram.calls { expectNone(of: secrets, in: "\(call.parameters)", call.method) }
            let left = try files(with: secrets, under: stage.program.path("")).filter { !$0.contains("cm.sqlite") }
            #expect(left == ["workspace/.env"])
        }
    }
}
