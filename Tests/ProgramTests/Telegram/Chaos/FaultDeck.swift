import TestSupport

/// What goes wrong at Telegram and on the way, dealt like cards: each as often as any other, in an order of chance.
struct FaultDeck {
    private struct Card {
        var fault: TelegramFault
        var methods: [String]

        /// Whether it holds up a chat for long.
        var isLong: Bool { [.stalled, .tooManyRequests(retryAfter: 7)].contains(fault) }
    }

    private static let writing = ["sendMessage", "editMessageText"]
    private static let any = writing + ["getUpdates", "answerCallbackQuery"]
    private static let cards: [Card] = [
        Card(fault: .tooManyRequests(retryAfter: 1), methods: writing),
        Card(fault: .tooManyRequests(retryAfter: 1), methods: ["getUpdates"]),
        Card(fault: .tooManyRequests(retryAfter: 7), methods: writing),
        Card(fault: .serverError(500), methods: any),
        Card(fault: .serverPage(502), methods: any),
        Card(fault: .droppedBefore, methods: any),
        Card(fault: .droppedAfter, methods: writing),
        Card(fault: .droppedAfter, methods: ["getUpdates"]),
        Card(fault: .halfAnswer, methods: any),
        Card(fault: .stalled, methods: writing),
        Card(fault: .slow(.milliseconds(300)), methods: any),
        Card(fault: .invalidJSON, methods: any),
        Card(fault: .conflict, methods: ["getUpdates"]),
        Card(fault: .redelivered(5), methods: ["getUpdates"]),
        Card(fault: .reordered, methods: ["getUpdates"]),
        Card(fault: .unknownUpdate, methods: ["getUpdates"]),
    ]

    private var left: [Card] = []

    /// The kinds of faults that there are.
    static var kinds: Set<TelegramFault> { Set(cards.map(\.fault)) }

    /// Lets the next thing go wrong.
    mutating func deal(to telegram: FakeTelegram, using random: inout SeededGenerator) {
        if left.isEmpty { left = Self.cards.shuffled(using: &random) }
        let card = left.removeLast()
        let method = card.methods[Int.random(in: card.methods.indices, using: &random)]
        // Not always the next call, so that also later ones of a life are hit.
        telegram.inject(FaultRule(card.fault, to: [method], skipping: Int.random(in: 0...2, using: &random)))
    }

    /// Lets the next thing go wrong that may come from Telegram alone, on a way on which the program uses the `writing`
    /// methods; when it is to be brief, only what is over within seconds.
    mutating func deal(
        to telegram: FakeTelegram, writing: [String], isBrief: Bool, using random: inout SeededGenerator
    ) {
        while true {
            if left.isEmpty { left = Self.cards.shuffled(using: &random) }
            let card = left.removeLast()
            // Another program that polls is a way of its own.
            if card.fault == .conflict || isBrief && card.isLong { continue }
            let polling = card.methods.filter { $0 == "getUpdates" }
            let methods = polling + (card.methods.contains("sendMessage") ? writing : [])
            let method = methods[Int.random(in: methods.indices, using: &random)]
            let skipped = Int.random(in: 0...2, using: &random)
            return telegram.inject(FaultRule(card.fault, to: [method], skipping: skipped))
        }
    }

    /// How often each kind has happened, for people.
    static func tally(of telegrams: [FakeTelegram]) -> [TelegramFault: Int] {
        telegrams.flatMap { $0.calls.compactMap(\.fault) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
