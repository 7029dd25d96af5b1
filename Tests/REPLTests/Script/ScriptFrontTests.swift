import Conversation
import Foundation
import TestSupport
import Testing

@testable import REPL

@Suite(.timeLimit(.minutes(5))) struct ScriptFrontTests {
    /// A script, and what it writes.
    private struct Play {
        let input = Pipe()
        /// Files, not pipes: these would stay open in children that other tests start meanwhile.
        private let answers = Self.file(), notices = Self.file()
        let front: ScriptFront

        init(json: Bool = false, news: AsyncStream<Notice>? = nil) {
            for handle in [input.fileHandleForReading, input.fileHandleForWriting] {
                _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
            }
            var options = ScriptFront.Options(session: .test, author: "ann", sender: "me")
            options.isJSON = json
            if let news { options.news = news }
            front = ScriptFront(
                .standardInput, options: options, descriptor: input.fileHandleForReading.fileDescriptor,
                output: ScriptOutput(
                    answers: answers.fileDescriptor,
                    notices: notices.fileDescriptor))
        }

        /// A file without a name.
        private static func file() -> FileHandle {
            var name = Array("/tmp/cm-test-XXXXXX".utf8CString)
            let descriptor = mkstemp(&name)
            unlink(name)
            return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        }

        func send(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

        /// Waits until something was written that contains `text`.
        func wait(for text: String) async throws {
            _ = try await eventually(text) {
                var bytes = [UInt8](repeating: 0, count: 1 << 16)
                let count = pread(answers.fileDescriptor, &bytes, bytes.count, 0)
                return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).contains(text) ? true : nil
            }
        }

        func end() throws { try input.fileHandleForWriting.close() }

        /// The lines of answer; called once, after the run.
        func lines() throws -> [String] {
            try answers.seek(toOffset: 0)
            let bytes = try answers.readToEnd() ?? Data()
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    private let shell = ScriptedShell { .answer("re: \($0.text)") }

    @Test func `a notice that comes during a script stands behind the greeting, whenever it came`() async throws {
        let (news, teller) = AsyncStream.makeStream(of: Notice.self)
        teller.yield(Notice(.warn, "early"))
        let play = Play(json: true, news: news)
        try await withHub(shell) { hub in
            async let run: Void = play.front.run(hub)
            let events = try await hub.events(of: .test)
            try play.send("one\n")
            _ = await events.collect(turns: 1)
            teller.yield(Notice(.warn, "late"))
            try await play.wait(for: #""text":"late""#)
            try play.end()
            try await run
        }
        let told = try play.lines()
        #expect(told.first?.contains(#""type":"session""#) == true)
        #expect(told.count { $0.contains(#""text":"early""#) } == 1)
    }

    @Test func `a script whose session is deleted goes on in the new one`() async throws {
        let play = Play(json: true)
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            async let run: Void = play.front.run(hub)
            try play.send("one\n")
            _ = await events.collect(turns: 1)
            let isDone = try await hub.maintain(.test, deletes: true) { journal, last in
                try await journal.delete(.test)
                return last
            }
            #expect(isDone)
            try play.send("two\n")
            try play.end()
            try await run
        }
        let told = try play.lines()
        #expect(told.count { $0.contains("turn.finished") } == 2 && told.last?.contains("re: two") == true)
        #expect(told.count { $0.contains(#""level":"warn","text":"this session was deleted"#) } == 1)
    }

    @Test func `what follows /attach goes to that session, and its events are told from then on`() async throws {
        let play = Play(json: true)
        try play.send("one\n/attach b\ntwo\n/attach default\nthree\n")
        try play.end()
        try await withHub(shell) { hub in
            try await hub.change(.other, .mode(.single))
            try await play.front.run(hub)
        }
        let told = try play.lines().compactMap { line in
            line.firstMatch(of: /"type":"(session|turn.started|command)".*"(?:session|text)":"([^"]*)"/).map {
                "\($0.1) \($0.2)"
            }
        }
        #expect(
            told == [
                "session tty:default", "turn.started one", "command attached to tty:b", "session tty:b",
                "turn.started two", "command attached to tty:default", "session tty:default", "turn.started three",
            ])
    }

    @Test func `a script that comes upon a running turn tells of it`() async throws {
        let play = Play(json: true)
        try play.send("/attach b\nsecond\n")
        try play.end()
        let (isRunning, isDone) = (Gate(), Gate())
        let shell = ScriptedShell { _ in
            try await isRunning.pass()
            return .message("so far") + [.wait(isDone), .completed]
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .other)
            _ = try await hub.submit(.test("long"), to: .other)
            isRunning.open()
            for await record in events {
                if case .delta(_, let text) = record.event, text.contains("far") { break }
            }
            async let run: Void = play.front.run(hub)
            for await record in events {
                if case .accepted(_, let message) = record.event, message.text == "second" { break }
            }
            isDone.open()
            try await run
        }
        let lines = try play.lines().map { $0.replacing(/,"durationMs".*/, with: "") }
        let start = try #require(lines.lastIndex { $0.hasPrefix(#"{"type":"session""#) })
        #expect(lines[start].contains(#""session":"tty:b""#))
        #expect(lines[start + 1].hasSuffix(#""text":"long","origin":"tty","mine":false}"#))
        #expect(lines[start + 2].hasSuffix(#""text":"so far"}"#))
        #expect(lines.contains { $0.hasSuffix(#""text":"second","origin":"script","mine":true}"#) })
    }

    @Test func `stopped while a turn runs, it ends behind the turn and hands in nothing more`() async throws {
        let play = Play()
        try play.send("one\ntwo\nthree\n")
        let (isRunning, isDone) = (Gate(), Gate())
        let shell = ScriptedShell { request in
            try await isRunning.pass()
            return [.wait(isDone)] + .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            async let run: Void = play.front.run(hub)
            await isRunning.reached()
            play.front.stop()
            isRunning.open()
            isDone.open()
            try await run
        }
        #expect(shell.texts == ["one"])
        #expect(try play.lines() == ["re: one"])
    }

    @Test func `stopped while it waits for a line, it ends as at the end of input`() async throws {
        let play = Play()
        try play.send("one\n```\nan open fence\n")
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            async let run: Void = play.front.run(hub)
            for await record in events { if case .finished = record.event { break } }
            play.front.stop()
            try await run
        }
        #expect(shell.texts == ["one"])
    }

    @Test func `stopped before it began, it hands in nothing`() async throws {
        let play = Play()
        try play.send("one\n")
        play.front.stop()
        try await withHub(shell) { hub in try await play.front.run(hub) }
        #expect(shell.texts == [])
    }

    @Test func `stopped after a failure it fails`() async throws {
        let play = Play()
        let failing = ScriptedShell { _ in [.die] }
        try play.send("one\n")
        try await withHub(failing) { hub in
            let events = try await hub.events(of: .test)
            async let run: Void = play.front.run(hub)
            for await record in events {
                if case .finished(_, let outcome) = record.event, !outcome.runsAgain { break }
            }
            play.front.stop()
            do {
                try await run
                Issue.record("it ended well")
            } catch is ScriptFailure {}
        }
    }
}
