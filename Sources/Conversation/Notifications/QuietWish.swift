import Foundation

/// What somebody wants by `/quiet`.
enum QuietWish: Hashable, Sendable {
    /// To know how it stands.
    case look
    case off
    /// To be left alone for so many milliseconds.
    case during(Int64)
    /// To be left alone until clocks show this time of day next, in minutes.
    case until(Int)

    /// Why the words mean nothing.
    struct Misuse: Error {
        var why: String
    }

    /// The longest quiet there is.
    static let longest: Int64 = 30 * 86_400_000

    /// Reads the arguments: nothing, `off`, `30m`, `1h 30m`, `until 07:00`.
    init(_ words: [String]) throws(Misuse) {
        let words = words.map { $0.lowercased() }
        switch words.first {
        case nil: self = .look
        case "off" where words.count == 1: self = .off
        case "until": self = .until(try Self.timeOfDay(words.dropFirst().joined(separator: " ")))
        default: self = .during(try Self.length(words.joined()))
        }
    }

    private static func timeOfDay(_ text: String) throws(Misuse) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute), text.utf8.allSatisfy({ $0 == 58 || (48...57).contains($0) })
        else { throw Misuse(why: "'\(text.headline(40))' is no time of day such as 07:00") }
        return hour * 60 + minute
    }

    private static func length(_ text: String) throws(Misuse) -> Int64 {
        let misuse = Misuse(why: "'\(text.headline(40))' is no duration such as 30m, 2h or 1d")
        var rest = text[...]
        var sum: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard digits.count <= 6, let number = Int64(digits), let length = Self.units[String(unit)] else {
                throw misuse
            }
            sum += number * length
            guard sum <= longest else { throw Misuse(why: "30 days are the longest quiet") }
        }
        guard sum >= 1000 else { throw misuse }
        return sum
    }

    private static let units: [String: Int64] = [
        "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
    ]

    /// When the next quiet ends, at `now` where clocks show the time of `timeZone`; nil when there is to be none.
    func end(at now: Timestamp, in timeZone: TimeZone) -> Timestamp? {
        switch self {
        case .look, .off: return nil
        case .during(let length): return Timestamp(millisecondsSince1970: now.millisecondsSince1970 + length)
        case .until(let minutes):
            let date = Date(timeIntervalSince1970: Double(now.millisecondsSince1970) / 1000)
            let local = now.millisecondsSince1970 / 1000 + Int64(timeZone.secondsFromGMT(for: date))
            let sinceMidnight = (local % 86_400 + 86_400) % 86_400
            let ahead = (Int64(minutes) * 60 - sinceMidnight + 86_400) % 86_400
            return Timestamp(millisecondsSince1970: now.millisecondsSince1970 + (ahead == 0 ? 86_400 : ahead) * 1000)
        }
    }
}
