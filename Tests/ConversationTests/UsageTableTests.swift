import Foundation
import Testing

@testable import Conversation

/// How use is shown.
@Suite struct UsageTableTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1.0k"), (12_345, "12.3k"), (999_999, "999.9k"), (4_560_000, "4.5M"),
        (7_000_000_000, "7.0G"),
    ])
    func `numbers are short`(number: Int, text: String) {
        #expect(ShortNumber(number).description == text)
    }

    @Test(arguments: [
        (0, 0, ""), (0, 9, ""), (160, 160, "████████████████████"), (1, 1_000_000, "▏"), (12, 160, "█▌"), (7, 160, "▉"),
        (80, 160, "██████████"),
    ])
    func `a bar is exact to an eighth of a cell, and never empty for something`(
        value: Int, largest: Int, bar: String
    ) {
        #expect(Bar(value, of: largest).description == bar)
    }

    @Test func `columns are aligned, and bars are relative to the greatest`() {
        let few = UsagePart(
            .role(.selector), tokens: Usage(inputTokens: 900, outputTokens: 100), durationMs: 400, turns: 0, stages: 12,
            unreadable: 2)
        let many = UsagePart(
            .role(.developer), tokens: Usage(inputTokens: 9000, outputTokens: 1000), durationMs: 12_000, turns: 3,
            stages: 3)
        #expect(
            UsageTable("role", [("selector", few), ("developer", many)]).text == """
                role       read  written   time  turns  stages
                selector    900      100  0.4 s      0      12  ██ 2 unreadable
                developer  9.0k     1.0k   12 s      3       3  ████████████████████
                """)
    }

    @Test func `where no tokens are reported bars are about time`() {
        let lines = [100, 200].map { ("x", UsagePart(.agent("x"), durationMs: $0)) }
        let text = UsageTable("agent", lines).text.split(separator: "\n")
        #expect(text[1].hasSuffix("  ██████████"))
        #expect(text[2].hasSuffix("  ████████████████████"))
    }

    @Test func `days begin when a person's do, also where clocks are changed`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        // 2026-03-30 12:00 in Berlin; the clocks were put forward in the night before.
        let days = UsageDays(3, until: Timestamp(millisecondsSince1970: 1_774_864_800_000), in: zone)
        #expect(days.starts.map(days.name) == ["2026-03-28", "2026-03-29", "2026-03-30"])
        let hours = zip(days.starts, days.starts.dropFirst()).map { $1.milliseconds(since: $0) / 3_600_000 }
        #expect(hours == [24, 23])
    }
}
