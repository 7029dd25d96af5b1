public import Conversation
public import Foundation

/// How the owner wants to be told, as the settings stand.
public struct NotificationManner: Hashable, Sendable {
    /// How much is told.
    public var verbosity: NotificationVerbosity
    /// The hours of the day in which only the urgent is; nil for none.
    public var quietHours: QuietHours?
    /// From one summary of what went on to the next, in milliseconds; 0 for none.
    public var interval: Int64
    /// Where the clock on the owner's wall hangs.
    public var timeZone: TimeZone

    /// The usual manner by default.
    public init(
        _ verbosity: NotificationVerbosity = .summary, quietHours: QuietHours? = nil, interval: Int64 = 300_000,
        timeZone: TimeZone = .current
    ) {
        self.verbosity = verbosity
        self.quietHours = quietHours
        self.interval = interval
        self.timeZone = timeZone
    }

    /// Whether the hours of the day are quiet ones at `now`, in milliseconds since 1970.
    func isQuietHour(at now: Int64) -> Bool {
        guard let quietHours else { return false }
        return quietHours.contains(WallTime(now, in: timeZone).minute)
    }
}

/// What the clock on somebody's wall shows.
struct WallTime: Hashable, Sendable, CustomStringConvertible {
    /// The minute of the day.
    let minute: Int

    /// The time at `moment`, in milliseconds since 1970.
    init(_ moment: Int64, in timeZone: TimeZone) {
        let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment) / 1000))
        let seconds = ((moment / 1000 + Int64(offset)) % 86_400 + 86_400) % 86_400
        minute = Int(seconds / 60)
    }

    /// Like `07:05`.
    var description: String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
