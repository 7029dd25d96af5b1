import Foundation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexLimitsTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)  // 2027-01-15 08:00 UTC
    private static let utc = TimeZone(secondsFromGMT: 0)!

    private func lines(_ reports: JSONValue..., zone: TimeZone = utc) -> [String] {
        var limits = RateLimits()
        for report in reports { limits.take(report) }
        return limits.lines(at: Self.now, in: zone)
    }

    @Test func `a limit is told with its share, its length and its end`() {
        let report: JSONValue = [
            "primary": ["usedPercent": 42, "windowDurationMins": 300, "resetsAt": 1_800_009_000],
            "secondary": ["usedPercent": 7, "windowDurationMins": 10080, "resetsAt": 1_800_200_000],
        ]
        #expect(
            lines(report) == [
                "primary: 42% of 5 h used, resets 10:30 UTC", "secondary: 7% of 7 d used, resets 2027-01-17 15:33 UTC",
            ])
    }

    @Test func `times are those of the place, and say so`() {
        let report: JSONValue = ["primary": ["usedPercent": 1, "resetsAt": 1_800_009_000]]
        let east = TimeZone(secondsFromGMT: 19_800)!, west = TimeZone(secondsFromGMT: -18_000)!
        #expect(lines(report, zone: east) == ["primary: 1% used, resets 16:00 UTC+5:30"])
        #expect(lines(report, zone: west) == ["primary: 1% used, resets 05:30 UTC-5"])
    }

    @Test func `what a report leaves out stays, and what is over is not told`() {
        let first: JSONValue = ["primary": ["usedPercent": 1], "secondary": ["usedPercent": 2]]
        let second: JSONValue = ["primary": ["usedPercent": 3], "secondary": nil]
        #expect(lines(first, second) == ["primary: 3% used", "secondary: 2% used"])
        #expect(lines(["primary": ["usedPercent": 90, "resetsAt": 1_799_999_999]]) == [])
    }

    @Test func `other limits are told by their names, and credits as they are`() {
        let credits: JSONValue = ["hasCredits": true, "unlimited": false, "balance": "12.50"]
        let other: JSONValue = ["limitId": "x", "limitName": "Spark", "primary": ["usedPercent": 5]]
        #expect(lines(["credits": credits], other) == ["credits: 12.50", "Spark primary: 5% used"])
    }

    @Test(arguments: [[:], nil, "text", ["primary": "none"], ["primary": ["usedPercent": "many"]]] as [JSONValue])
    func `a report without numbers says nothing`(report: JSONValue) { #expect(lines(report) == []) }
}
