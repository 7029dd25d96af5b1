import Conversation
import JSONRPC
import TestSupport
import Testing

@testable import TelegramFront

/// An agent that works for ten minutes for one person while another one asks, in the time of the test.
@Suite(.timeLimit(.minutes(1))) struct LongWorkTests {
    private let rig: BotRig
    private let heard = Gate(), held = Gate()

    init() throws { rig = try BotRig(rules: .strict) }

    /// Works for Ann until she stops it, not heard of before `heard` is open; has Bob wait for a moment.
    private var shell: ScriptedShell {
        ScriptedShell { [heard, held] request in
            guard request.text == "long work" else {
                let answer = [ScriptedStep].answer("answer to \(request.text)")
                return request.text == "one" ? [.wait(held)] + answer : answer
            }
            return [.act("swift build", id: "c1"), .wait(heard), .act("swift test", id: "c2"), .hang]
        }
    }

    /// Waits until so many seconds of the test's time have passed.
    private func reach(_ seconds: Int64) async throws {
        _ = try await eventually("second \(seconds)", within: .seconds(50)) {
            rig.clock.milliseconds >= seconds * 1000 ? true : nil
        }
    }

    /// What the progress of Ann's turn has shown, one after the other.
    private func progress(_ message: Int) -> [String] {
        rig.telegram.calls(of: "editMessageText").filter {
            $0.parameters["chat_id"]?.integer == rig.ann.id && $0.parameters["message_id"]?.integer == message
        }.compactMap { $0.parameters["text"]?.text }
    }

    @Test func `ten minutes of work are shown and can be stopped, and a second chat is served meanwhile`()
        async throws
    {
        let rig = rig, heard = heard, held = held, anns = rig.chat(rig.ann), bobs = rig.chat(rig.bob)
        try await rig.running(shell, step: .milliseconds(200)) { _ in
            let began = rig.clock.milliseconds
            let said = rig.telegram.say("long work", from: rig.ann).message
            let message = try await anns.waitForButton("Cancel").id

            // The first sign of the second chat is there while the first works, and its answers are.
            rig.telegram.say("one", from: rig.bob)
            try await bobs.waitForButton("Cancel")
            held.open()
            try await bobs.waitForBot(saying: "answer to one")
            for (seconds, text) in [(120, "two"), (360, "three")] as [(Int64, String)] {
                try await reach(seconds)
                rig.telegram.say(text, from: rig.bob)
                try await bobs.waitForBot(saying: "answer to \(text)")
            }
            #expect(anns.transcript[message]?.button("Cancel") != nil, "\(anns.rendered)")

            // Nothing is heard of the agent for eight minutes, which people hear of once, and then it goes on.
            try await reach(480)
            let word = try await anns.waitForBot(saying: "nothing was heard of the agent for ")
            #expect(!word.isSilent)
            heard.open()
            // It was not begun in the first moment.
            try await reach(630)
            #expect(anns.transcript[message]?.button("Cancel") != nil)
            let count = Int64(progress(message).count), took = rig.clock.milliseconds - began
            #expect(count <= took / 2_000 + 1 && count >= took / 20_000, "\(count) changes in \(took) ms")

            let press = try rig.telegram.press("Cancel", on: message, in: anns, by: rig.ann)
            let end = try await anns.waitForBot(saying: "⏹ stopped by Ann (telegram) after 10 m ")
            #expect(end.id == message || end.replyTo == said)
            try await rig.store.settled()
            let answer = try await rig.telegram.answer(to: press)
            #expect(answer == "Stopping")
            try check(progress(message))
        }
        #expect(anns.transcript.byBot(saying: "nothing was heard").count == 1, "\(anns.rendered)")
        #expect(anns.transcript.byBot.allSatisfy { $0.button("Cancel") == nil })
        #expect(bobs.transcript.goodEnds.count == 3 && rig.telegram.impatient.isEmpty)
    }

    /// Checks what the progress said, minute by minute.
    private func check(_ shown: [String]) throws {
        let lines = shown.filter { $0.hasPrefix("⏳") }.compactMap { $0.split(separator: "\n").first.map(String.init) }
        let beats = try lines.map { line -> (isSilent: Bool, seconds: Int) in
            let parts = line.dropFirst(2).split(separator: " · ")
            return (parts[0].hasPrefix("silent for "), try #require(Self.seconds(parts[1]), "\(line)"))
        }
        #expect(beats.map(\.seconds) == beats.map(\.seconds).sorted(), "time goes on")
        for minute in 1..<10 {
            #expect(lines.contains { $0.contains(" · \(minute) m ") }, "minute \(minute)")
        }
        // From five minutes on it says so, and what to do; no more once the agent is heard of.
        let silent = beats.filter(\.isSilent).map(\.seconds)
        let (first, last) = (try #require(silent.first), try #require(silent.last))
        #expect(first >= 300 && first < 330 && last >= 450 && last < 540, "silent from \(first) s to \(last) s")
        #expect(beats.allSatisfy { $0.isSilent == (first...last).contains($0.seconds) })
        for text in shown where text.hasPrefix("⏳") {
            let advice = "\nGo on waiting, or stop it with the button or /cancel."
            #expect(text.hasPrefix("⏳ silent") == text.contains(advice))
        }
        let late = try #require(shown.last { $0.hasPrefix("⏳") })
        #expect(late.hasPrefix("⏳ working · ") && late.contains("swift test"))
    }

    /// What `42 s` or `5 m 3 s` mean; nil for anything else.
    private static func seconds(_ text: Substring) -> Int? {
        let words = text.split(separator: " ")
        let numbers = words.compactMap { Int($0) }, units = words.filter { Int($0) == nil }
        switch (numbers.count, units) {
        case (1, ["s"]): return numbers[0]
        case (2, ["m", "s"]) where numbers[1] < 60: return numbers[0] * 60 + numbers[1]
        default: return nil
        }
    }
}
