import Conversation
import Testing

@testable import TelegramFront

@Suite struct LiveDigestTests {
    private static let minute: Int64 = 60_000
    private static let start: Int64 = 1_000_000_000

    private func take(
        _ digest: inout LiveDigest, _ kept: [KeptAnnouncement] = [], at minutes: Int64,
        _ change: (inout LiveDigest.Occasion) -> Void = { _ in }
    ) -> [LiveDigest.Telling] {
        var occasion = LiveDigest.Occasion(kept: kept, now: Self.start + minutes * Self.minute)
        change(&occasion)
        return digest.take(occasion)
    }

    /// The only window that is told.
    private func window(_ tellings: [LiveDigest.Telling]) throws -> LiveDigest.Window {
        guard case .digest(let window)? = tellings.first, tellings.count == 1 else {
            throw Unexpected(tellings: tellings)
        }
        return window
    }

    private struct Unexpected: Error { var tellings: [LiveDigest.Telling] }

    @Test func `an urgent one gets a message of its own, also in quiet`() {
        var digest = LiveDigest()
        let urgent = KeptAnnouncement.test(1, .critical)
        #expect(take(&digest, [urgent], at: 0) { $0.isQuiet = true } == [.alert(.init(urgent))])
        #expect(digest.window == nil && digest.held.isEmpty)
    }

    @Test func `a repeat of an urgent one is counted in its message`() {
        var digest = LiveDigest()
        _ = take(&digest, [.test(1, .critical)], at: 0)
        var again = KeptAnnouncement.test(1, .critical, count: 3)
        again.isTold = true
        #expect(take(&digest, [again], at: 1) == [.alert(.init(again))])
        #expect(take(&digest, [again], at: 2) == [])
    }

    @Test func `what comes within the window changes its message, and what comes later begins another`() throws {
        var digest = LiveDigest()
        let first = try window(take(&digest, [.test(1)], at: 0))
        #expect(first.lines.map(\.id) == [1])
        let second = try window(take(&digest, [.test(2)], at: 19))
        #expect(second.begun == first.begun && second.lines.map(\.id) == [1, 2] && second.sealed == nil)
        let tellings = take(&digest, [.test(3)], at: 20)
        guard case .digest(let sealed)? = tellings.first, case .digest(let third)? = tellings.last else {
            throw Unexpected(tellings: tellings)
        }
        #expect(sealed.begun == first.begun && sealed.sealed == first.begun + LiveDigest.span)
        #expect(sealed.lines.map(\.id) == [1, 2])
        #expect(third.begun > first.begun && third.lines.map(\.id) == [3])
    }

    @Test func `a window is sealed by the time alone`() throws {
        var digest = LiveDigest()
        _ = take(&digest, [.test(1)], at: 0)
        #expect(take(&digest, at: 10) == [])
        #expect(try window(take(&digest, at: 21)).sealed != nil)
        #expect(take(&digest, at: 22) == [])
    }

    @Test func `a repeat is counted in its line, with the newest words`() throws {
        var digest = LiveDigest()
        _ = take(&digest, [.test(1), .test(2)], at: 0)
        var again = KeptAnnouncement.test(1, .info, "twice", count: 2)
        again.isTold = true
        let told = try window(take(&digest, [again], at: 1))
        #expect(told.lines.map(\.id) == [1, 2] && told.lines[0].count == 2 && told.lines[0].text == "twice")
    }

    @Test func `a repeat of what stands in a sealed message is not told`() {
        var digest = LiveDigest()
        _ = take(&digest, [.test(1)], at: 0)
        _ = take(&digest, at: 21)
        var again = KeptAnnouncement.test(1, count: 2)
        again.isTold = true
        #expect(take(&digest, [again], at: 22) == [])
    }

    @Test func `what somebody was told at a terminal is not told again`() {
        var digest = LiveDigest()
        for priority in Announcement.Priority.allCases {
            var told = KeptAnnouncement.test(1, priority)
            told.isTold = true
            #expect(take(&digest, [told], at: 0) == [])
        }
    }

    @Test func `what quiet holds back is told in the digest when it ends`() throws {
        var digest = LiveDigest()
        #expect(take(&digest, [.test(1), .test(2)], at: 0) { $0.isQuiet = true } == [])
        #expect(take(&digest, [.test(3)], at: 30) { $0.isQuiet = true } == [])
        let told = try window(take(&digest, at: 60))
        #expect(told.lines.map(\.id) == [1, 2, 3])
        #expect(take(&digest, at: 61) == [])
    }

    @Test func `a window that is open when quiet begins takes in nothing until it ends`() throws {
        var digest = LiveDigest()
        _ = take(&digest, [.test(1)], at: 0)
        #expect(take(&digest, [.test(2)], at: 1) { $0.isQuiet = true } == [])
        #expect(try window(take(&digest, at: 2)).lines.map(\.id) == [1, 2])
    }

    @Test func `of too many that are held back the oldest of the lowest priority give way`() throws {
        var digest = LiveDigest()
        let many = (1...Int64(LiveDigest.mostLines)).map { KeptAnnouncement.test($0, $0 == 1 ? .important : .info) }
        _ = take(&digest, many + [.test(1000, .important)], at: 0) { $0.isQuiet = true }
        let told = try window(take(&digest, at: 1))
        #expect(told.lines.count == LiveDigest.mostLines && told.leftOut == 1)
        #expect(told.lines.first?.id == 1 && told.lines[1].id == 3 && told.lines.last?.id == 1000)
    }

    @Test(
        arguments: [
            (NotificationVerbosity.minimal, [2]), (.summary, [2, 3, 4]), (.detailed, [2, 3, 4, 5]),
        ] as [(NotificationVerbosity, [Int64])])
    func `the verbosity says what is told`(verbosity: NotificationVerbosity, told: [Int64]) throws {
        var digest = LiveDigest()
        let all = Announcement.Priority.allCases.map { KeptAnnouncement.test(Int64($0.rawValue), $0) }
        let tellings = take(&digest, all, at: 0) { $0.verbosity = verbosity }
        #expect(tellings.first == .alert(.init(all[0])))
        #expect(digest.window?.lines.map(\.id) == told)
    }

    @Test func `a clock that was put back far begins another message, and a little does not`() throws {
        var digest = LiveDigest()
        let first = try window(take(&digest, [.test(1)], at: 100))
        #expect(try window(take(&digest, [.test(2)], at: 95)).begun == first.begun)
        #expect(take(&digest, [.test(3)], at: 0).count == 2)
        #expect(digest.window?.lines.map(\.id) == [3])
    }

    @Test func `what was dropped is told in the head`() throws {
        var digest = LiveDigest()
        #expect(try window(take(&digest, at: 0) { $0.dropped = 3 }).dropped == 3)
    }

    @Test func `in another chat nothing of before is changed, and what waits is told there`() throws {
        var digest = LiveDigest()
        _ = take(&digest, [.test(1, .critical), .test(2)], at: 0)
        _ = take(&digest, [.test(3)], at: 1) { $0.isQuiet = true }
        digest.move()
        var again = [KeptAnnouncement.test(1, .critical, count: 2), .test(2, count: 2)]
        for index in again.indices { again[index].isTold = true }
        #expect(try window(take(&digest, again, at: 2)).lines.map(\.id) == [3])
    }

    // MARK: Summaries

    private func summarize(_ digest: inout LiveDigest, _ activity: Activity, at minutes: Int64) -> [LiveDigest.Telling]
    {
        take(&digest, at: minutes) { $0.activity = activity }
    }

    @Test func `a summary is due each interval, never when that is nought`() {
        var digest = LiveDigest()
        #expect(!digest.isSummaryDue(at: Self.start, every: 5 * Self.minute))
        _ = take(&digest, at: 0)
        #expect(!digest.isSummaryDue(at: Self.start + 4 * Self.minute, every: 5 * Self.minute))
        #expect(digest.isSummaryDue(at: Self.start + 5 * Self.minute, every: 5 * Self.minute))
        #expect(!digest.isSummaryDue(at: Self.start + 500 * Self.minute, every: 0))
        _ = summarize(&digest, Activity(), at: 5)
        #expect(!digest.isSummaryDue(at: Self.start + 9 * Self.minute, every: 5 * Self.minute))
    }

    @Test func `nothing that ended, and nothing that waits, makes no message`() {
        var digest = LiveDigest()
        _ = take(&digest, at: 0)
        #expect(summarize(&digest, Activity(), at: 5) == [])
        #expect(summarize(&digest, Activity(running: 2, waiting: 1), at: 10) == [])
    }

    @Test func `what ended makes a message, once`() throws {
        var digest = LiveDigest()
        _ = take(&digest, at: 0)
        let activity = Activity(done: 2, tokensRead: 1500)
        #expect(try window(summarize(&digest, activity, at: 5)).activity == activity)
        #expect(summarize(&digest, activity, at: 10) == [])
        #expect(try window(summarize(&digest, Activity(done: 3), at: 15)).activity?.done == 3)
    }

    @Test func `the same request that waits makes no second message`() throws {
        var digest = LiveDigest()
        _ = take(&digest, at: 0)
        let waiting = Activity(asked: 1)
        _ = try window(summarize(&digest, waiting, at: 5))
        // The window is sealed, and counting begins anew.
        #expect(try window(summarize(&digest, waiting, at: 26)).sealed != nil)
        #expect(digest.countedFrom == Self.start + 26 * Self.minute)
        #expect(summarize(&digest, waiting, at: 31) == [])
        #expect(try window(summarize(&digest, Activity(asked: 2), at: 36)).activity?.asked == 2)
    }

    @Test func `what is not worth a message goes on being counted`() {
        var digest = LiveDigest()
        _ = take(&digest, at: 0)
        _ = summarize(&digest, Activity(running: 1), at: 5)
        #expect(digest.countedFrom == Self.start)
    }

    @Test func `there is no summary in quiet, nor with the least verbosity`() {
        var digest = LiveDigest()
        _ = take(&digest, at: 0)
        #expect(take(&digest, at: 5) { ($0.activity, $0.isQuiet) = (Activity(done: 1), true) } == [])
        #expect(take(&digest, at: 10) { ($0.activity, $0.verbosity) = (Activity(done: 1), .minimal) } == [])
        #expect(digest.countedFrom == Self.start)
    }
}
