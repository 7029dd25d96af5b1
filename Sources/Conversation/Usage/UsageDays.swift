import Foundation

/// The last days of a person's calendar.
struct UsageDays {
    /// When each begins, today last.
    let starts: [Timestamp]
    private let calendar: Calendar

    /// The last `count` days up to the one of `now` where clocks show the time of `timeZone`.
    init(_ count: Int, until now: Timestamp, in timeZone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
        let today = calendar.startOfDay(for: now.date)
        starts = (0..<count).reversed().compactMap { age in
            // Asked again for the start: not every day begins at midnight.
            calendar.date(byAdding: .day, value: -age, to: today).map { Timestamp(calendar.startOfDay(for: $0)) }
        }
    }

    /// The day that begins at `start`, like `2026-02-03`.
    func name(of start: Timestamp) -> String {
        let day = calendar.dateComponents([.year, .month, .day], from: start.date)
        return [(day.year, 4), (day.month, 2), (day.day, 2)].map { number, digits in
            let text = "\(number ?? 0)"
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }.joined(separator: "-")
    }
}

extension Timestamp {
    fileprivate var date: Date { Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000) }

    fileprivate init(_ date: Date) {
        self.init(millisecondsSince1970: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}
