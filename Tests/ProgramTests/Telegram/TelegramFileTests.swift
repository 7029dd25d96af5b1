import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Files that people send to the bot of the built program.
    @Suite(.timeLimit(.minutes(2))) struct TelegramFileTests {
        private let bytes: [UInt8] = (0..<200_000).map { UInt8(truncatingIfNeeded: ($0 &* 37) >> 2) }

        /// What is in the folder for files, but for what keeps git out.
        private func inbox(of stage: TelegramStage) -> [String] {
            // None before the first file.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: stage.program.workspace + "/.cm/inbox"))
            return (names ?? []).filter { $0 != ".gitignore" }.sorted()
        }

        /// The paths that a prompt names, from the workspace.
        private func paths(in prompt: String) -> [String] {
            prompt.split(separator: "\n").filter { $0.hasPrefix("- .cm/inbox/") }.map { line in
                String(line.dropFirst(2).prefix { $0 != ":" })
            }
        }

        @Test func `a file with words reaches the agent as it was sent`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            let said = stage.telegram.say(
                "[[say: read it]]", from: stage.ann,
                file: ShownFile("../../r\u{202E}eport 1.pdf", bytes, contentType: "application/pdf"))
            _ = try await stage.chat.waitForBot(saying: "✅")
            let prompts = try stage.program.standInTraffic().prompts
            let prompt = try #require(prompts.first)
            #expect(prompts.count == 1 && prompt.hasPrefix("[[say: read it]]\n\nSent with this message"))
            #expect(prompt.contains("application/pdf, 200000 bytes") && prompt.contains("not an instruction"))
            let path = try #require(paths(in: prompt).first)
            #expect(path.hasSuffix("-r_eport_1.pdf") && inbox(of: stage).count == 1)
            let file = stage.program.workspace + "/" + path
            #expect(FileManager.default.contents(atPath: file) == Data(bytes))
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let end = try #require(stage.chat.transcript.byBot.first { $0.text.hasPrefix("✅") })
            #expect(end.replyTo == said.message)
        }

        @Test func `an album without words is one message to the agent`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            for number in 1...4 {
                stage.telegram.say(
                    "", from: stage.ann,
                    file: ShownFile("p\(number).jpg", [UInt8(number)], isPhoto: number < 3), album: "77")
            }
            stage.telegram.say("[[say: after it]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "after it")
            let prompts = try stage.program.standInTraffic().prompts
            #expect(prompts.count == 2 && prompts.last == "[[say: after it]]")
            let album = try #require(prompts.first)
            #expect(album.hasPrefix("Sent without a word"))
            let contents = paths(in: album).map {
                FileManager.default.contents(atPath: stage.program.workspace + "/" + $0).map { [UInt8]($0) }
            }
            #expect(contents == [[1], [2], [3], [4]])
        }

        @Test func `in a group the words of an album are enough for all of it`() async throws {
            var stage = try TelegramStage.directed()
            let group = stage.telegram.addSupergroup("Team")
            stage.program.environment["TELEGRAM_CHAT_ID"] = "\(group.id)"
            stage.program.environment["TELEGRAM_ALLOWED_USERS"] = "\(stage.ann.id)"
            try await stage.start()
            stage.telegram.say("", from: stage.ann, in: group, file: ShownFile("none.txt", [0]), album: "1")
            for (words, name) in [("", "a.txt"), ("@cm_test_bot look", "b.txt")] {
                stage.telegram.say(words, from: stage.ann, in: group, file: ShownFile(name, [1]), album: "2")
            }
            _ = try await group.waitForBot(saying: "✅")
            let prompts = try stage.program.standInTraffic().prompts
            let prompt = try #require(prompts.first)
            #expect(prompts.count == 1 && prompt.hasPrefix("look\n\n") && paths(in: prompt).count == 2)
            #expect(inbox(of: stage).count == 2)
        }

        @Test func `what is not taken is told, and the words are handed in`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.say(
                "[[say: only words]]", from: stage.ann, file: ShownFile("film.mov", bytes, size: 21 << 20))
            let told = try await stage.chat.waitForBot(saying: "film.mov")
            #expect(told.text.contains("up to 20 MB") && told.text.contains("What you wrote is handed in."))
            _ = try await stage.chat.waitForBot(saying: "only words")
            let prompts = try stage.program.standInTraffic().prompts
            #expect(prompts.count == 1 && prompts.first?.contains("film.mov\": larger than 20 MB") == true)
            stage.telegram.say("/status", from: stage.ann, file: ShownFile("a.txt", bytes))
            _ = try await stage.chat.waitForBot(saying: "Commands take no files")
            _ = try await stage.chat.waitForBot(saying: "running    nothing")
            // Of a voice message nobody can read a word.
            stage.telegram.speak(from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "Voice messages are not taken")
            #expect(inbox(of: stage).isEmpty)
        }

        @Test func `a file that comes slowly holds up neither other chats nor a word that answers`() async throws {
            var stage = try TelegramStage.directed()
            let bob = stage.telegram.addUser("Bob")
            let theirs = stage.telegram.privateChat(with: bob)
            stage.program.environment["TELEGRAM_ALLOWED_USERS"] = "\(bob.id)"
            try await stage.start()
            stage.telegram.inject(.stalled, into: "file", times: 1)
            stage.telegram.say("[[say: read it]]", from: stage.ann, file: ShownFile("a.txt", bytes))
            try await stage.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            stage.telegram.say("[[say: other chat]]", from: bob)
            _ = try await theirs.waitForBot(saying: "other chat")
            stage.telegram.say("/deny a7", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "a7")
            stage.telegram.hangUp()
            _ = try await stage.chat.waitForBot(saying: "read it", timeout: .seconds(30))
        }

        @Test func `killed in the middle of a file, the next one brings it once`() async throws {
            var stage = try TelegramStage.directed()
            let monitor = try await stage.start()
            stage.telegram.inject(.stalled, into: "file", times: 1)
            stage.telegram.say("[[say: read it]]", from: stage.ann, file: ShownFile("a.txt", bytes))
            _ = try await eventually("a part of the file is there") {
                let part = inbox(of: stage).first.map { stage.program.workspace + "/.cm/inbox/" + $0 }
                let attributes = try part.map { try FileManager.default.attributesOfItem(atPath: $0) }
                return (attributes?[.size] as? Int ?? 0) > 0 ? true : nil
            }
            monitor.signal(SIGKILL)
            _ = try await monitor.ended()
            try await stage.start()
            _ = try await stage.chat.waitForBot(saying: "✅", timeout: .seconds(30))
            let prompts = try stage.program.standInTraffic().prompts
            #expect(prompts.count == 1 && inbox(of: stage).count == 1)
            let path = try #require(prompts.first.flatMap { paths(in: $0).first })
            #expect(FileManager.default.contents(atPath: stage.program.workspace + "/" + path) == Data(bytes))
            #expect(stage.chat.transcript.byBot.filter { $0.text == "read it" }.count == 1)
        }

        @Test func `told to end in the middle of a file, it ends soon, and the next one brings what was said in order`()
            async throws
        {
            var stage = try TelegramStage.directed()
            let monitor = try await stage.start()
            stage.telegram.inject(.stalled, into: "file", times: nil)
            stage.telegram.say("[[say: read it]]", from: stage.ann, file: ShownFile("a.txt", bytes))
            try await stage.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            stage.telegram.say("[[say: behind it]]", from: stage.ann)
            stage.telegram.say("/status", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "running    nothing")
            let time = try await ContinuousClock().measure {
                monitor.signal(SIGTERM)
                _ = try await monitor.ended()
            }
            #expect(time < .seconds(12))
            #expect(try stage.prompts().isEmpty)
            stage.telegram.clearFaults()
            try await stage.start()
            let seen = try await stage.chat.wait(for: "both ends", timeout: .seconds(40)) { $0.ends == 2 }
            #expect(
                seen.byBot.map(\.text).filter { ["read it", "behind it"].contains($0) } == ["read it", "behind it"])
            #expect(try stage.prompts().count == 2 && inbox(of: stage).count == 1)
            #expect(seen.byBot(saying: "running    nothing").count == 1)
        }

        @Test func `an album is handed in once, whenever the program dies`() async throws {
            let seed = Seed()
            var generator = seed.generator(0)
            var stage = try TelegramStage.directed()
            for round in 0..<4 {
                let monitor = try await stage.start()
                for number in 0..<3 {
                    let words = number == 0 ? "[[say: album \(round)]]" : ""
                    let file = ShownFile("f\(round)-\(number).txt", [UInt8(number)])
                    stage.telegram.say(words, from: stage.ann, file: file, album: "a\(round)")
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...1600, using: &generator)))
                monitor.signal(SIGKILL)
                _ = try await monitor.ended()
            }
            try await stage.start()
            let seen = try await stage.chat.wait(for: "all answers, seed \(seed)", timeout: .seconds(60)) { seen in
                (0..<4).allSatisfy { !seen.byBot(saying: "album \($0)").isEmpty }
            }
            let answers = seen.byBot.map(\.text).filter { $0.hasPrefix("album ") }
            #expect(answers == (0..<4).map { "album \($0)" }, "seed \(seed)")
            #expect(inbox(of: stage).count == 12, "seed \(seed): \(inbox(of: stage))")
            // One that ran again after a crash is asked twice, with the same words.
            let prompts = Set(try stage.program.standInTraffic().prompts)
            #expect(prompts.flatMap(paths).count == 12, "seed \(seed): \(prompts)")
        }

        @Test func `a folder that leads elsewhere is not used, and the token is nowhere`() async throws {
            var stage = try TelegramStage.directed()
            let outside = stage.program.path("outside")
            try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: stage.program.workspace + "/.cm", withDestinationPath: outside)
            let monitor = try await stage.start()
            stage.telegram.inject(.serverPage(502), into: "file", times: 1)
            stage.telegram.say("", from: stage.ann, file: ShownFile("a.txt", bytes))
            _ = try await stage.chat.waitForBot(saying: ".cm is a link or a file")
            let found = try FileManager.default.contentsOfDirectory(atPath: outside)
            #expect(found.isEmpty)
            monitor.signal(SIGTERM)
            let ended = try await monitor.ended()
            let log = FileManager.default.contents(atPath: try stage.program.stateFile("cm.log")) ?? Data()
            let token = stage.telegram.token
            #expect(!ended.output.contains(token) && log.range(of: Data(token.utf8)) == nil)
            #expect(!stage.telegram.rendered.contains(token))
        }
    }
}
