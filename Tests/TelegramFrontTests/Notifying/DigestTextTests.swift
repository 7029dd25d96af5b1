import Conversation
import Foundation
import TestSupport
import Testing

@testable import TelegramFront

@Suite struct DigestTextTests {
    private let text = DigestText(timeZone: .gmt) { $0.replacing("hunter2", with: "***") }
    /// 14:05 on some day.
    private static let begun: Int64 = 1_700_000_000_000 / 86_400_000 * 86_400_000 + (14 * 60 + 5) * 60_000

    private func window(_ kept: [KeptAnnouncement]) -> LiveDigest.Window {
        LiveDigest.Window(begun: Self.begun, lines: kept.map(LiveDigest.Line.init))
    }

    @Test func `it tells when, how much it matters, what, and how often`() {
        var window = window([
            .test(1, .important, "the build\nis red", count: 3, at: Self.begun),
            .test(2, .info, "password hunter2", at: Self.begun + 120_000),
        ])
        window.activity = Activity(done: 3, failed: 1, asked: 2, tokensRead: 12_345, tokensWritten: 999)
        #expect(
            text.content(window).text == """
                📊 since 14:05
                3 turns done · 1 turn failed · 2 requests wait for you · 12k tokens read, 999 written
                14:05 ❗ the build is red ×3
                14:07 ℹ️ password ***
                """)
        window.sealed = Self.begun + LiveDigest.span
        #expect(text.content(window).text.hasPrefix("📊 14:05 – 14:25\n"))
    }

    @Test func `the oldest lines give way with a count, and it always fits`() throws {
        let seed = Seed()
        for round in 0..<100 {
            var generator = seed.generator(round)
            let texts = ["é", "👩‍👩‍👧‍👦", "word ", "\u{202E}", "x"]
            let kept = (0..<Int.random(in: 1...200, using: &generator)).map { id in
                let piece = texts[Int.random(in: 0..<texts.count, using: &generator)]
                return KeptAnnouncement.test(
                    Int64(id), .warning, String(repeating: piece, count: Int.random(in: 1...900, using: &generator)))
            }
            let shown = text.content(window(kept)).text
            #expect(shown.utf16.count <= 4096, "seed \(seed), round \(round)")
            let lines = shown.split(separator: "\n")
            let told = lines.count { $0.contains("⚠️") }
            #expect(told > 0)
            if told < kept.count {
                #expect(
                    lines[1] == "… \(kept.count - told) earlier \(kept.count - told == 1 ? "one" : "ones") left out")
            }
        }
    }

    @Test func `an urgent one is whole`() {
        let line = LiveDigest.Line(.test(1, .critical, "first\nsecond hunter2", count: 2))
        #expect(text.content(ofAlert: line).text == "🔴 first\nsecond *** ×2")
    }
}

@Suite struct QuietHoursTests {
    @Test func `they go over midnight`() {
        let hours = QuietHours(from: 22 * 60, to: 7 * 60)
        let quiet = [0, 6 * 60 + 59, 22 * 60, 23 * 60 + 59], loud = [7 * 60, 12 * 60, 21 * 60 + 59]
        #expect(quiet.allSatisfy(hours.contains) && !loud.contains(where: hours.contains))
    }

    @Test func `within a day they end before they begin again`() {
        let hours = QuietHours(from: 12 * 60, to: 13 * 60)
        #expect(hours.contains(12 * 60) && !hours.contains(13 * 60) && !hours.contains(0))
    }

    @Test func `they are those of the owner's clock`() throws {
        let zone = try #require(TimeZone(secondsFromGMT: -5 * 3600))
        let manner = NotificationManner(quietHours: QuietHours(from: 22 * 60, to: 7 * 60), timeZone: zone)
        // 02:00 in Greenwich is 21:00 there, and 04:00 is 23:00.
        #expect(!manner.isQuietHour(at: 2 * 3_600_000) && manner.isQuietHour(at: 4 * 3_600_000))
        #expect(WallTime(4 * 3_600_000 + 5 * 60_000, in: zone).description == "23:05")
        #expect(WallTime(-60_000, in: .gmt).description == "23:59")
    }
}
