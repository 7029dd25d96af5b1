/// How fast the bot writes, and whether that is too fast.
struct FloodGate: Sendable {
    private struct Window: Sendable {
        private static let memory = 60.0
        /// When the last messages were, in seconds.
        private(set) var times: [Double] = []
        /// Where those of the last second begin.
        private var second = 0
        /// Where those begin that are remembered.
        private var start = 0
        private(set) var most = 0

        func count(_ seconds: Double, before now: Double) -> Int {
            times.reversed().prefix { $0 > now - seconds }.count
        }

        mutating func add(_ now: Double) {
            times.append(now)
            while times[second] <= now - 1 { second += 1 }
            most = max(most, times.count - second)
            while times[start] <= now - Self.memory { start += 1 }
            // Rarely, so that a bench with many messages is not slowed.
            guard start > 1024, start > times.count / 2 else { return }
            times.removeFirst(start)
            second -= start
            start = 0
        }
    }

    /// How many messages a chat takes at once before it is one a second; Telegram only says that bursts are allowed.
    private static let burst = 3
    private static let burstSeconds = 3.0
    private static let overallLimit = 30
    private static let groupLimit = 20

    private var chats: [Int: Window] = [:]
    private var overall = Window()

    /// Notes a message to `chat`.
    mutating func note(_ chat: Int, now: Double) {
        chats[chat, default: Window()].add(now)
        overall.add(now)
    }

    /// How many seconds to wait before a message to `chat`; `nil` for none.
    func delay(_ chat: Int, isGroup: Bool, now: Double) -> Int? {
        let window = chats[chat] ?? Window()
        if isGroup, window.count(60, before: now) >= Self.groupLimit {
            let oldest = window.times.suffix(Self.groupLimit).first ?? now
            return max(1, Int((oldest + 60 - now).rounded(.up)))
        }
        if window.count(Self.burstSeconds, before: now) >= Self.burst { return 1 }
        return overall.count(1, before: now) >= Self.overallLimit ? 1 : nil
    }

    /// The most messages to `chat` within one second.
    func most(_ chat: Int) -> Int { chats[chat]?.most ?? 0 }
}
