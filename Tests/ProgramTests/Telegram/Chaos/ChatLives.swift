import Foundation
import TestSupport
import Testing

/// Lives of one program after the other, each of which ends with a kill, and what people ask of its bot meanwhile.
struct ChatLives {
    /// How many messages are written in one life, at most.
    private static let most = 5
    /// Whether Telegram refuses what is too fast for it.
    private let isStrict: Bool
    /// How many messages may be open beside them: there it takes its time until all has an end.
    private var mostOpen: Int { isStrict ? 8 : 40 }
    /// How many milliseconds a life goes on: mostly so little that much is on its way, now and then until all is quiet.
    private static let spans = [0...300, 0...300, 0...300, 0...600, 0...600, 0...600, 0...1_500, 0...1_500, 0...4_000]

    private(set) var stage: BuiltProgramTests.TelegramStage
    /// What each person wrote, in order.
    private(set) var asked: [(person: FakeUser, messages: [Asked])]
    private(set) var kills = 0
    private var random: SeededGenerator
    private var deck = FaultDeck()
    private var pressed: Set<String> = []
    private var empty = EmptyPlaces()
    private let seed: Seed

    /// A program with an owner, who only looks on, and people; `lane` is one of several beside each other, of which every
    /// other one has a Telegram that refuses what is too fast for it.
    init(_ seed: Seed, lane: Int) throws {
        self.seed = seed
        random = seed.generator(lane)
        isStrict = !lane.isMultiple(of: 2)
        stage = try BuiltProgramTests.TelegramStage.directed(rules: isStrict ? .strict : TelegramRules())
        stage.program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
        asked = stage.letIn("Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida").map { ($0, []) }
    }

    /// How many messages were written.
    var count: Int { asked.reduce(0) { $0 + $1.messages.count } }

    // MARK: Lives

    /// Lets the program live for a moment, with trouble and people who write and press, and kills it.
    mutating func live() async throws {
        for _ in 0..<2 { deck.deal(to: stage.telegram, using: &random) }
        let room = open < mostOpen ? Int.random(in: 0...Self.most, using: &random) : 0
        // What is written while it is down comes all at once.
        let early = Int.random(in: 0...room, using: &random)
        for _ in 0..<early { write() }
        let life = try stage.program.start("run")
        // Now and then it dies before it is there.
        if Int.random(in: 0..<8, using: &random) > 0 { try await stage.program.hosts(life) }
        for _ in early..<room {
            write()
            try await pass(0...60)
        }
        if Int.random(in: 0..<12, using: &random) == 0 {
            stage.telegram.hangUp()
            empty.noteHangUp()
        }
        try await pass(Self.spans[Int.random(in: Self.spans.indices, using: &random)])
        life.signal(SIGKILL)
        try await life.ended()
        kills += 1
        if let journal {
            empty.note(death: try JournalSight.reserved(left: journal, copiedTo: stage.program.path("left")))
        }
        empty.note(stage.telegram.calls)
    }

    /// The journal; nil when the first died before it was there.
    private var journal: String? {
        let names = try? FileManager.default.contentsOfDirectory(atPath: stage.program.path("state"))  // as above
        guard let directory = names?.first(where: { $0.hasPrefix("workspace-") }) else { return nil }
        let path = stage.program.path("state/\(directory)/cm.sqlite")
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private mutating func write() {
        let index = Int.random(in: asked.indices, using: &random)
        // The first only lets the agent do something: the stand-in can ask in one turn at a time. What is asked and told
        // about that is too much for a chat with limits.
        let kinds: [Asked.Kind] =
            index == 0 && !isStrict ? [.deed] : [.words, .words, .words, .manyWords, .slowWords, .look, .change]
        let kind = kinds[Int.random(in: kinds.indices, using: &random)]
        var message = Asked(number: count, kind: kind)
        message.message = stage.telegram.say(message.text, from: asked[index].person).message
        asked[index].messages.append(message)
    }

    /// Lets so many milliseconds pass in which people press what they are asked.
    ///
    /// Not a wait for anything: the moment of what comes next.
    private mutating func pass(_ milliseconds: ClosedRange<Int>) async throws {
        let end = ContinuousClock.now + .milliseconds(Int.random(in: milliseconds, using: &random))
        repeat {
            press()
            try await Task.sleep(for: min(.milliseconds(20), max(end - .now, .zero)))
        } while ContinuousClock.now < end
    }

    /// Allows what a running turn asks, once.
    private mutating func press() {
        for (person, _) in asked[..<1] {
            let chat = stage.chat(of: person)
            for message in chat.transcript.byBot where message.button("Allow once") != nil {
                guard !message.text.contains("The agent has restarted"),
                    let data = message.button("Allow once")?.data, pressed.insert("\(person.id) \(data)").inserted
                else { continue }
                stage.telegram.press(forged: data, on: message.id, in: chat, by: person)
            }
        }
    }

    // MARK: What came of it

    /// Lets nothing go wrong any more, and waits until all that was asked has an end; then the program ends well.
    mutating func settle() async throws {
        defer { empty.note(stage.telegram.calls) }
        stage.telegram.clearFaults()
        try await stage.start()
        let limit = ContinuousClock.now + .seconds(60 + count / 4)
        while !isSettled {
            guard ContinuousClock.now < limit else {
                let open = asked.filter { !isSettled($0.person, $0.messages) }.map {
                    Self.story(stage.chat(of: $0.person))
                }
                throw Unsettled(description: "not all has an end, seed \(seed):\n\(open.joined(separator: "\n"))")
            }
            press()
            try await Task.sleep(for: .milliseconds(20))
        }
        let monitor = try #require(stage.monitor)
        monitor.signal(SIGTERM)
        let status = try await monitor.ended().status
        #expect(status == 0, "seed \(seed)")
    }

    private var open: Int {
        asked.reduce(0) { $0 + max(0, $1.messages.count { $0.answer != nil } - ends(of: $1.person).count) }
    }

    private var isSettled: Bool { asked.allSatisfy { isSettled($0.person, $0.messages) } }

    private func isSettled(_ person: FakeUser, _ messages: [Asked]) -> Bool {
        let seen = stage.chat(of: person).transcript, reading = ChatReading(seen)
        let wanted = messages.count { $0.answer != nil }
        return !reading.isWorking && reading.ends.count >= wanted
            && messages.allSatisfy { $0.answer != nil || !$0.replies(in: seen).isEmpty }
            && !messages.contains { $0.kind == .manyWords && !isWhole($0, in: reading) }
    }

    private func ends(of person: FakeUser) -> [ChatReading.End] { ChatReading(stage.chat(of: person).transcript).ends }

    /// The chat, with the beginnings of what is long.
    private static func story(_ chat: FakeChat) -> String {
        chat.transcript.messages.map { String($0.rendered.prefix(300)) }.joined(separator: "\n")
    }

    /// Whether all messages of its answer are there, if it was answered.
    private func isWhole(_ message: Asked, in reading: ChatReading) -> Bool {
        let parts = reading.ends.compactMap { if case .answered(let text) = $0 { text } else { nil } }
        let start = ChatReading.dense(message.opening)
        return parts.filter { $0.hasPrefix(start) }.allSatisfy { $0 == message.answer }
    }

    /// Checks what people see against what they asked; returns how many messages were answered and closed.
    func check() throws -> (answered: Int, closed: Int) {
        var answered = 0, closed = 0
        let deeds = try? String(contentsOfFile: stage.program.workspace + "/deeds", encoding: .utf8)  // none was done
        let done = (deeds ?? "").split(separator: "\n").compactMap { Int($0) }
        for (person, messages) in asked {
            let seen = stage.chat(of: person).transcript, reading = ChatReading(seen)
            let story = "\(person.name), seed \(seed):\n\(Self.story(stage.chat(of: person)))"
            let wanted = messages.filter { $0.answer != nil }
            let isAnswered = Self.match(wanted, with: reading)
            #expect(isAnswered != nil, "\(reading.ends) for \(wanted.map(\.number)), \(story)")
            #expect(reading.placeholders <= empty.most(in: stage.chat(of: person)), "\(story)")
            #expect(!reading.isWorking, "\(story)")
            for message in messages where message.answer == nil {
                #expect(message.replies(in: seen).count == 1, "\(message.text) #\(message.message), \(story)")
            }
            for message in wanted {
                // What was about to be sent when the program died is not sent again.
                let ends = message.replies(in: seen).count {
                    $0.hasPrefix("✅") || $0.hasPrefix("❌") || $0.hasPrefix("⚠")
                }
                #expect(ends <= 1, "\(message.number), \(story)")
                let times = done.count { $0 == message.number },
                    hasAnswer = isAnswered?.contains(message.number) == true
                #expect(times <= 1, "\(message.number) was done \(times) times, \(story)")
                if message.kind == .deed, hasAnswer { #expect(times == 1, "\(message.number) was not done, \(story)") }
            }
            answered += isAnswered?.count ?? 0
            closed += wanted.count - (isAnswered?.count ?? 0)
        }
        let prompts = try stage.prompts()
        for message in asked.flatMap(\.messages) where message.answer != nil {
            let times = prompts.count { $0 == message.text }
            #expect(times <= 2, "the agent was told \(message.number) \(times) times, seed \(seed)")
        }
        return (answered, closed)
    }

    /// The messages that were answered, where each has exactly one end and they are in order; nil where not.
    ///
    /// The turns of the program's own messages to its agent may have been closed, too.
    private static func match(_ wanted: [Asked], with reading: ChatReading) -> Set<Int>? {
        var answered: Set<Int> = [], left = wanted[...], closed = 0
        for end in reading.ends {
            switch end {
            case .closed: closed += 1
            case .answered(let text):
                guard let index = left.firstIndex(where: { $0.answer == text }) else { return nil }
                // Those before it were closed, and said so before.
                closed -= left[..<index].count
                answered.insert(left[index].number)
                left = left[(index + 1)...]
                guard closed >= 0 else { return nil }
                if reading.notes == 0, closed != 0 { return nil }
            }
        }
        closed -= left.count
        return (0...reading.notes).contains(closed) ? answered : nil
    }
}
