import Locking

/// Whom the owner was told of who is not let in, so that they are not told of thousands.
///
/// A class with a lock, because updates are dealt with in many tasks. It knows those of one hour, and not all.
final class Strangers: Sendable {
    /// How many the owner is told of in an hour, one by one.
    static let most = 10

    private let told = Locked<(hour: Int64, users: Set<Int64>)>((0, []))

    /// What the owner is told of `user`, who wrote in that hour since 1970, and the name of that message.
    ///
    /// The same for the same person again, and for all beyond the first ten.
    func notice(of user: BotUser, in hour: Int64) -> (key: String, text: String) {
        let isNamed = told.withLock { told in
            if told.hour != hour { told = (hour, []) }
            guard !told.users.contains(user.id) else { return true }
            guard told.users.count < Self.most else { return false }
            told.users.insert(user.id)
            return true
        }
        guard isNamed else {
            return (
                "strangers/\(hour)/owner",
                "More people who are not let in write to the bot; the log has their numbers for this hour."
            )
        }
        return (
            "stranger/\(user.id)/\(hour)/owner",
            "Somebody who is not let in wrote to the bot: \(user.shown.prefix(64)) (\(user.id))."
        )
    }
}
