#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import JSONRPC

/// How much of the account's limits is used, as Codex reports it.
struct RateLimits {
    private struct Limit {
        var name: String?
        var windows: [String: JSONValue] = [:]
        var credits: JSONValue?
    }

    /// The limits by Codex's names of them.
    private var limits: [String: Limit] = [:]

    /// Takes a report; what it leaves out stays as it was.
    mutating func take(_ report: JSONValue?) {
        guard let report else { return }
        let id = report["limitId"]?.text ?? "codex"
        var limit = limits[id] ?? Limit()
        limit.name = report["limitName"]?.text ?? limit.name
        for window in ["primary", "secondary"] {
            guard let told = report[window], case .object = told else { continue }
            limit.windows[window] = told
        }
        if let credits = report["credits"], case .object = credits { limit.credits = credits }
        limits[id] = limit
    }

    /// One line for each window that has not ended, for example `primary: 42% of 5 h used, resets 18:20 UTC+1`.
    func lines(at now: Date = .now, in zone: TimeZone = .current) -> [String] {
        limits.sorted { $0.key < $1.key }.flatMap { id, limit in
            let prefix = id == "codex" ? "" : "\(limit.name ?? id) "
            let windows = limit.windows.sorted { $0.key < $1.key }.compactMap { name, window in
                Self.line(window, at: now, in: zone).map { "\(prefix)\(name): \($0)" }
            }
            return windows + (Self.line(credits: limit.credits).map { ["\(prefix)credits: \($0)"] } ?? [])
        }
    }

    private static func line(_ window: JSONValue, at now: Date, in zone: TimeZone) -> String? {
        guard case .integer(let percent)? = window["usedPercent"] else { return nil }
        var line = "\(percent)%"
        if case .integer(let minutes)? = window["windowDurationMins"], minutes > 0 { line += " of \(length(minutes))" }
        line += " used"
        if case .integer(let seconds)? = window["resetsAt"] {
            let end = Date(timeIntervalSince1970: Double(seconds))
            // What was used of a window that is over says nothing about the next one.
            guard end > now else { return nil }
            line += ", resets \(moment(end, at: now, in: zone))"
        }
        return line
    }

    private static func line(credits: JSONValue?) -> String? {
        guard let credits, credits["hasCredits"] == .bool(true) else { return nil }
        if credits["unlimited"] == .bool(true) { return "unlimited" }
        return credits["balance"]?.text
    }

    private static func length(_ minutes: Int) -> String {
        if minutes.isMultiple(of: 1440) { return "\(minutes / 1440) d" }
        if minutes.isMultiple(of: 60) { return "\(minutes / 60) h" }
        return "\(minutes) min"
    }

    /// The time of day, with the date when it is not today's, and the zone: who reads it may be in another one.
    private static func moment(_ date: Date, at now: Date, in zone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day =
            calendar.isDate(date, inSameDayAs: now)
            ? "" : "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) "
        let offset = zone.secondsFromGMT(for: date) / 60
        var name = "UTC"
        if offset != 0 {
            name += (offset < 0 ? "-" : "+") + "\(abs(offset) / 60)"
            if !offset.isMultiple(of: 60) { name += ":" + two(abs(offset) % 60) }
        }
        return "\(day)\(two(parts.hour)):\(two(parts.minute)) \(name)"
    }
}
