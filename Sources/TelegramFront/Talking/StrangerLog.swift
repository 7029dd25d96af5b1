/// Who was turned away within the last hour, and of whom the owner was told, so that neither hears of it again and again.
///
/// A value, which is kept over restarts. Moments are in milliseconds since 1970.
struct StrangerLog: Hashable, Sendable, Codable {
    /// From one word to the next of the same kind to the same person.
    static let apart: Int64 = 3_600_000
    /// How many the owner is told of in that time, one by one.
    static let mostNamed = 10
    /// How many are told anything in that time: anybody can write to a bot.
    static let mostTold = 500

    /// What a stranger is told.
    enum Word: String, Hashable, Sendable {
        case unauthorized
        /// A code is wrong; told also to somebody who wrote something else before.
        case wrongCode = "code"
    }

    /// Of whom the owner is told.
    enum Named: Hashable, Sendable {
        /// Of this one, at that time.
        case person(Int64)
        /// That there are more, at that time.
        case more(Int64)
    }

    private var told: [String: Int64] = [:]
    private var named: [String: Int64] = [:]
    private var more: Int64?

    /// When `user` is told that, or was told within the last hour; nil when so many were told that this one is not.
    mutating func tell(_ word: Word, to user: Int64, at now: Int64) -> Int64? {
        told = told.filter { Self.isRecent($0.value, now) }
        let key = "\(user)/\(word.rawValue)"
        if let last = told[key] { return last }
        guard told.count < Self.mostTold else { return nil }
        told[key] = now
        return now
    }

    /// What the owner is told of `user`, or was told within the last hour.
    mutating func name(_ user: Int64, at now: Int64) -> Named {
        named = named.filter { Self.isRecent($0.value, now) }
        if let last = named["\(user)"] { return .person(last) }
        if named.count < Self.mostNamed {
            named["\(user)"] = now
            return .person(now)
        }
        if let more, Self.isRecent(more, now) { return .more(more) }
        more = now
        return .more(now)
    }

    /// Also of a moment that is yet to come, as long as it is near: clocks are set back.
    private static func isRecent(_ moment: Int64, _ now: Int64) -> Bool {
        moment > now - apart && moment < now + apart
    }
}
