import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Files that the bot of the built program sends.
    @Suite(.timeLimit(.minutes(2))) struct TelegramFileOutTests {
        /// A repository whose configuration holds a password.
        private func makeRepository(in stage: TelegramStage) throws {
            for folder in ["objects", "refs"] {
                try FileManager.default.createDirectory(
                    atPath: stage.program.workspace + "/.git/" + folder, withIntermediateDirectories: true)
            }
            try stage.program.write("ref: refs/heads/main\n", to: "workspace/.git/HEAD")
            try stage.program.write(
                "[remote \"origin\"]\n\turl = https://ann:hunter2@example.com/x\n", to: "workspace/.git/config")
        }

        private static func request(_ id: Int, _ method: String, _ parameters: String) -> String {
            #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"# + "\n"
        }

        private func document(_ name: String, in stage: TelegramStage) async throws -> ShownMessage {
            let seen = try await stage.chat.wait(for: "the document \(name)") { seen in
                seen.byBot.contains { $0.file?.name == name }
            }
            return try #require(seen.byBot.last { $0.file?.name == name })
        }

        @Test func `a file is sent once, as it is, and a text without its secrets`() async throws {
            var stage = try TelegramStage.directed()
            let binary: [UInt8] = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
            try FileManager.default.createDirectory(
                atPath: stage.program.workspace + "/out", withIntermediateDirectories: true)
            try Data(binary).write(to: URL(filePath: stage.program.workspace + "/out/a b.bin"))
            try stage.program.write("plain\nTELEGRAM_BOT_TOKEN=\(stage.telegram.token)\n", to: "workspace/notes.txt")
            try stage.program.write("SECRET=hunter2hunter2", to: "workspace/.env.local")
            try makeRepository(in: stage)
            try FileManager.default.createSymbolicLink(
                atPath: stage.program.workspace + "/harmless", withDestinationPath: ".git/config")
            try await stage.start()
            stage.telegram.say("/file out/a b.bin", from: stage.ann)
            let sent = try await document("a b.bin", in: stage)
            #expect(sent.file?.bytes == binary && sent.text == "out/a b.bin · 97.7 KB")
            stage.telegram.say("/file notes.txt", from: stage.ann)
            let text = try await document("notes.txt", in: stage)
            let shown = try #require(text.file?.text)
            #expect(shown.hasPrefix("plain\n") && !shown.contains(stage.telegram.token))
            #expect(text.text.contains("secrets are taken out"))
            for (name, reason) in [
                (".env.local", "is a file of secrets"), ("../home/x", "is outside of the working directory"),
                ("none.txt", "there is no file none.txt"), (".git/config", "is one of git's own files"),
                ("./.git/../.git/config", "is one of git's own files"), ("harmless", "is one of git's own files"),
            ] {
                stage.telegram.say("/file \(name)", from: stage.ann)
                _ = try await stage.chat.waitForBot(saying: reason)
            }
            #expect(stage.chat.transcript.byBot.compactMap(\.file).count == 2)
        }

        @Test func `what is there at the start of the next one is sent by it, and what has gone is told`() async throws
        {
            var stage = try TelegramStage.directed()
            try stage.program.write("later", to: "workspace/later.txt")
            try stage.program.write("gone", to: "workspace/gone.txt")
            let monitor = try await stage.start()
            stage.telegram.say("/status", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "running    nothing")
            // No way out for files until the program dies.
            stage.telegram.inject(.serverError(500), into: "editMessageMedia", "sendDocument", times: nil)
            stage.telegram.say("/file later.txt", from: stage.ann)
            stage.telegram.say("/file gone.txt", from: stage.ann)
            try await stage.telegram.waitForCall("editMessageMedia")
            _ = try await eventually("both are handed over") {
                let journal = try stage.program.stateFile("cm.sqlite-wal")
                let bytes = FileManager.default.contents(atPath: journal) ?? Data()
                return bytes.range(of: Data("/gone.txt".utf8)) != nil ? true : nil
            }
            try await Task.sleep(for: .milliseconds(300))
            monitor.signal(SIGKILL)
            _ = try await monitor.ended()
            try FileManager.default.removeItem(atPath: stage.program.workspace + "/gone.txt")
            stage.telegram.clearFaults()
            try await stage.start()
            let sent = try await document("later.txt", in: stage)
            #expect(sent.file?.text == "later")
            _ = try await stage.chat.waitForBot(saying: "The file was not sent", timeout: .seconds(40))
            #expect(stage.chat.transcript.byBot.compactMap(\.file?.name) == ["later.txt"])
        }

        @Test func `an agent's tool sends a file when a person has pressed the button`() async throws {
            var stage = try TelegramStage.directed()
            try stage.program.write("made by the agent", to: "workspace/report.md")
            try makeRepository(in: stage)
            try await stage.start()
            let gate = stage.program.gate()
            stage.telegram.say("\(gate.hold) [[say: here it is]]", from: stage.ann)
            try await stage.program.agentHasBeenAsked()
            let server = try stage.program.start("mcp", "--session", "tg:\(stage.ann.id):\(stage.ann.id)")
            server.send(Self.request(0, "initialize", #"{"protocolVersion":"2025-06-18"}"#))
            _ = try await server.output.line()
            server.send(Self.request(1, "tools/call", #"{"name":"send_file","arguments":{"path":".env"}}"#))
            let refused = try await server.output.line()
            #expect(refused?.contains("there is no file .env") == true || refused?.contains("secrets") == true)
            server.send(Self.request(3, "tools/call", #"{"name":"send_file","arguments":{"path":".git/config"}}"#))
            let kept = try await server.output.line()
            #expect(kept?.contains("is one of git's own files") == true)
            server.send(Self.request(2, "tools/call", #"{"name":"send_file","arguments":{"path":"report.md"}}"#))
            let question = try await stage.chat.waitForButton("Allow once")
            #expect(question.text.contains("send_file") && question.text.contains("report.md"))
            #expect(stage.chat.transcript.byBot.allSatisfy { $0.file == nil })
            try stage.telegram.press("Allow once", on: question.id, in: stage.chat, by: stage.ann)
            let sent = try await document("report.md", in: stage)
            #expect(sent.file?.text == "made by the agent")
            let told = try await server.output.line()
            #expect(told?.contains("handed over: report.md") == true)
            try gate.open()
            _ = try await stage.chat.waitForBot(saying: "✅")
        }

        @Test func `at the terminal the path and the size are told`() async throws {
            let program = try Program()
            try program.write("12345", to: "workspace/a.txt")
            let plain = try await program.run("chat", input: "/file a.txt\n/file b.txt\n")
            #expect(plain.output == "a.txt · 5 bytes · \(program.workspace)/a.txt\n" && plain.status == 1)
            #expect(plain.errors.contains("error: there is no file b.txt in the working directory"))
            let json = try await program.run("chat", "--json", input: "/file a.txt\n")
            #expect(json.output.contains(#""type":"command","name":"file","ok":true"#))
            let run = try await program.chat()
            try await run.type("/file a.txt", until: "📎 a.txt · 5 bytes · ")
            run.signal(SIGTERM)
            _ = try await run.ended()
        }
    }
}
