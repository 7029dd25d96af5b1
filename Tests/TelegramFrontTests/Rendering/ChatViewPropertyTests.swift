import Conversation
import Markdown
import TestSupport
import Testing

@testable import TelegramFront

@Suite struct ChatViewPropertyTests {
    @Test func `whatever happens, each message keeps to the rules of Telegram`() async {
        let seed = Seed()
        for round in 0..<25 {
            await Task.yield()
            let script = RandomSession(generator: seed.generator(round), steps: 120).script
            var view = SessionScript.view()
            for record in script.records {
                let slots = view.take(record)
                let progress = view.refresh(at: record.time).map { [$0] } ?? []
                let problems = (slots + progress).flatMap { SlotCheck($0).problems }
                #expect(problems.isEmpty, "seed \(seed) round \(round)")
                let isUnique = Set(slots.map(\.key)).count == slots.count
                #expect(isUnique, "seed \(seed) round \(round)")
            }
        }
    }

    @Test func `whatever is answered, all of it is shown`() async throws {
        let seed = Seed()
        for round in 0..<25 {
            await Task.yield()
            let session = RandomSession(generator: seed.generator(round), steps: 120)
            let chat = session.script.shown().chat
            for (turn, answer) in session.answers {
                let whole = MessageText(markdown: answer).text.text.packed
                if let file = chat["\(turn)/file"]?.wanted.text {
                    let isWhole = file.hasPrefix(answer)
                    #expect(isWhole, "seed \(seed) round \(round)")
                    continue
                }
                let parts = (1...6).compactMap { chat["\(turn)/\($0)"]?.wanted.text }
                let isShown = parts.joined().packed.hasPrefix(whole)
                #expect(isShown, "seed \(seed) round \(round) turn \(turn)")
            }
        }
    }

    @Test func `a view that begins again anywhere shows the same`() async {
        let seed = Seed()
        for round in 0..<25 {
            await Task.yield()
            var generator = seed.generator(1_000 + round)
            let records = RandomSession(generator: seed.generator(round), steps: 80).script.records
            let stop = Int.random(in: 0..<records.count, using: &generator)
            var whole = ShownChat()
            var view = SessionScript.view()
            var restarted = (view: view, chat: whole)
            for (index, record) in records.enumerated() {
                whole.put(view.take(record))
                // A rule's answer is recorded together with the question, and follows immediately.
                if Bool.random(using: &generator), !records.isAutomatic(index + 1) { whole.put(view.flush()) }
                guard index == stop else { continue }
                restarted = (SessionScript.view(after: view.resume, told: view.told), whole)
                let resume = view.resume
                // Remarks and words are kept by nobody.
                for record in records[...index] where record.event.isDurable && record.cursor > resume {
                    restarted.chat.put(restarted.view.take(record))
                }
            }
            for record in records[(stop + 1)...] { restarted.chat.put(restarted.view.take(record)) }
            restarted.chat.put(restarted.view.flush())
            whole.put(view.flush())
            let difference = whole.lasting.difference(from: restarted.chat.lasting)
            #expect(difference.isEmpty, "seed \(seed) round \(round) after \(stop)")
        }
    }

    @Test func `everything shown again, nothing changes`() async {
        let seed = Seed()
        for round in 0..<25 {
            await Task.yield()
            let script = RandomSession(generator: seed.generator(round), steps: 100).script
            let first = script.shown().chat
            var again = first
            again.put(script.shown().chat.slots)
            #expect(again == first, "seed \(seed) round \(round)")
        }
    }
}

extension ShownChat {
    /// The messages without those of turns' progress and of remarks, which pass.
    fileprivate var lasting: [String] {
        slots.filter { $0.priority == .final && !$0.key.hasPrefix("n") }.map(\.described).sorted()
    }
}

extension [Record] {
    fileprivate func isAutomatic(_ index: Int) -> Bool {
        guard indices.contains(index), case .approval(_, let approval) = self[index].event else { return false }
        return approval.isAutomatic
    }
}

extension String {
    /// What can be seen of the text, without white space: that is where messages are cut.
    fileprivate var packed: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { !String($0).isInvisible }))
    }

    func replacing(_ text: String, with other: String) -> String {
        var result = ""
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            result += rest[..<range.lowerBound] + other
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
