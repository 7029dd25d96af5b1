/// What went on in sessions, for the head of a digest.
public struct Activity: Hashable, Sendable, Codable {
    /// How many turns ended well.
    public var done: Int
    /// How many failed.
    public var failed: Int
    /// How many were stopped, or cut off by a crash.
    public var stopped: Int
    /// How many run.
    public var running: Int
    /// How many messages wait.
    public var waiting: Int
    /// How many requests wait for a person.
    public var asked: Int
    /// Tokens read by agents in the turns that ended.
    public var tokensRead: Int
    /// Tokens written by them.
    public var tokensWritten: Int

    /// Creates it from its parts.
    public init(
        done: Int = 0, failed: Int = 0, stopped: Int = 0, running: Int = 0, waiting: Int = 0, asked: Int = 0,
        tokensRead: Int = 0, tokensWritten: Int = 0
    ) {
        (self.done, self.failed, self.stopped) = (done, failed, stopped)
        (self.running, self.waiting, self.asked) = (running, waiting, asked)
        (self.tokensRead, self.tokensWritten) = (tokensRead, tokensWritten)
    }

    /// Whether it is worth a message of its own to who was told `last`: something ended, or more waits for them.
    func isNews(after last: Activity?) -> Bool {
        done + failed + stopped > 0 || asked > (last?.asked ?? 0)
    }

    /// In words; empty when there is nothing to tell.
    var words: String {
        func turns(_ count: Int) -> String { count == 1 ? "1 turn" : "\(count) turns" }
        var parts: [String] = []
        if done > 0 { parts.append("\(turns(done)) done") }
        if failed > 0 { parts.append("\(turns(failed)) failed") }
        if stopped > 0 { parts.append("\(turns(stopped)) stopped") }
        if running > 0 { parts.append("\(running) running") }
        if waiting > 0 { parts.append(waiting == 1 ? "1 message waits" : "\(waiting) messages wait") }
        if asked > 0 { parts.append(asked == 1 ? "1 request waits for you" : "\(asked) requests wait for you") }
        if tokensRead + tokensWritten > 0 {
            parts.append("\(Self.short(tokensRead)) tokens read, \(Self.short(tokensWritten)) written")
        }
        return parts.joined(separator: " · ")
    }

    private static func short(_ number: Int) -> String {
        switch number {
        case ..<1000: "\(number)"
        case ..<1_000_000: "\(number / 1000)k"
        default: "\(number / 1_000_000).\(number % 1_000_000 / 100_000)M"
        }
    }
}
