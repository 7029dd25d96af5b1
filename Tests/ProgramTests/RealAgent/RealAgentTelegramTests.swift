import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program before the real Codex.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentTelegramTests {
        private func stage(_ model: FakeModel) throws -> TelegramStage {
            var stage = try TelegramStage()
            let mine = stage.program.environment
            var program = try RealCodex.program(answeredBy: model)
            for (name, value) in mine where name.hasPrefix("TELEGRAM_") || name == "CM_CHAT_MODE" {
                program.environment[name] = value
            }
            stage.program = program
            return stage
        }

        @Test func `the real Codex never gets to see the bot's token, and leaves it nowhere`() async throws {
            let model = try await FakeModel()
            var stage = try stage(model)
            let token = stage.telegram.token
            let monitor = try await stage.start()
            let command = "env; cat /proc/*/environ 2>/dev/null | tr '\\\\0' '\\\\n' | grep -a ^TELEGRAM"
            stage.telegram.say("[[sh: \(command)]] [[say: looked]]", from: stage.ann)
            try await stage.chat.wait(for: "the end", timeout: .seconds(60)) { $0.ends == 1 }
            #expect(stage.chat.transcript.byBot.contains { $0.text == "looked" })
            for process in stage.program.agentProcesses where process.pid != monitor.pid {
                #expect(!process.environment.contains(token), "\(process.environment)")
            }
            let outputs = try model.requests().flatMap(\.outputs).joined()
            #expect(outputs.contains("CODEX_HOME="))
            monitor.signal(SIGTERM)
            let ended = try await monitor.ended()
            #expect(!ended.output.contains(token) && !ended.errors.contains(token))
            let root = stage.program.path("")
            let left = try FileManager.default.subpathsOfDirectory(atPath: root).filter { name in
                let bytes = FileManager.default.contents(atPath: root + "/" + name) ?? Data()
                return bytes.range(of: Data(token.utf8)) != nil
            }
            #expect(left.isEmpty)
        }

        @Test func `a button answers the real Codex, also when the program died in between`() async throws {
            let model = try await FakeModel(
                "--when", "Exactly this command is allowed", "[[shx: touch e1]] [[say: it is there]]")
            var stage = try stage(model)
            try await stage.start()
            stage.telegram.say("[[shx: touch e1]] [[say: it is there]]", from: stage.ann)
            let asked = try await stage.chat.waitForButton("Allow once")
            try await stage.kill()
            try await stage.start()
            let press = try stage.telegram.press("Allow once", on: asked.id, in: stage.chat, by: stage.ann)
            #expect(try await stage.telegram.answer(to: press) == "Done")
            try await stage.chat.wait(for: "the answer", timeout: .seconds(60)) { seen in
                seen.byBot.contains { $0.text == "it is there" }
            }
            #expect(FileManager.default.fileExists(atPath: stage.program.workspace + "/e1"))
        }
    }
}
