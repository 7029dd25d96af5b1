/// A span of hours that comes again each day, by the clock on the wall: `22:00-07:00`.
public struct HourSpan: Hashable, Sendable, CustomStringConvertible {
    /// The first minute of the day that belongs to it.
    public let from: Int
    /// The first minute of the day that does not; it goes over midnight where that is not behind ``from``.
    public let to: Int

    /// Reads two times of day with a hyphen between them; nil for anything else, and where they are the same.
    init?(_ text: String) {
        let times = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.minute(String($0).trimmed) }
        guard times.count == 2, let from = times[0], let to = times[1], from != to else { return nil }
        (self.from, self.to) = (from, to)
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// As it is written, with two digits each.
    public var description: String {
        [from, to].map { minute in
            [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        }.joined(separator: "-")
    }
}

extension ValueForm where Value == HourSpan {
    /// Two times of day with a hyphen between them.
    package static var hourSpan: Self {
        Self(
            expected: "two times of day such as 22:00-07:00",
            read: { written, _ in written.string.flatMap(HourSpan.init) },
            toml: { TOMLText.quote("\($0)") })
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
