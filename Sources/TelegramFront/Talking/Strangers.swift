#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Tells people who are not let in, and the owner of them, once an hour.
///
/// A class, because updates are dealt with in many tasks, and it knows what is kept. That somebody is told is noted first,
/// and the message has its name from then: whoever deals with the same update after a crash changes nothing.
final class Strangers: Sendable {
    /// Under which name it is kept.
    static let name = "strangers"

    private let notes: any BotNotes
    private let bot: Int64
    private let turnstile = Turnstile()

    /// Knows what is in `notes`.
    init(_ notes: any BotNotes, of bot: Int64) { (self.notes, self.bot) = (notes, bot) }

    /// The messages that tell `user`, who has written in `chat` at `now`, and `owner` of them, each the same within an hour.
    ///
    /// `told` is what a code was answered with; nil where there was none.
    func slots(turningAway user: BotUser, in chat: Int64, at now: Int64, saying told: String?, owner: Int64?)
        async throws
        -> [Slot]
    {
        try await turnstile.pass {
            let text = try await notes.note(Self.name, of: bot)
            // One of another version begins anew.
            let kept = text.flatMap { try? JSONDecoder().decode(StrangerLog.self, from: Data($0.utf8)) }
            var log = kept ?? StrangerLog()
            var slots: [Slot] = []
            if let at = log.tell(told == nil ? .unauthorized : .wrongCode, to: user.id, at: now) {
                slots.append(
                    Slot(
                        "stranger/\(user.id)/\(at)" + (told == nil ? "" : "/code"), at: ChatAddress(chat: chat),
                        SlotContent(told ?? "Unauthorized. Your Telegram user id is \(user.id)."), delivery: .once,
                        // What people who are let in are told goes first, however many strangers there are.
                        priority: .progress))
            }
            if let owner {
                let (key, words) = Self.notice(of: user, log.name(user.id, at: now))
                slots.append(Slot(key, at: ChatAddress(chat: owner), SlotContent(words)))
            }
            if log != kept { try await notes.write(try Self.text(of: log), as: Self.name, of: bot) }
            return slots
        }
    }

    /// What the owner is told, and the name of that message.
    private static func notice(of user: BotUser, _ named: StrangerLog.Named) -> (key: String, text: String) {
        switch named {
        case .person(let at):
            (
                "stranger/\(user.id)/\(at)/owner",
                "Somebody who is not let in wrote to the bot: \(user.shown.prefix(64)) (\(user.id))."
            )
        case .more(let at):
            (
                "strangers/\(at)/owner",
                "More people who are not let in write to the bot; the log has their numbers for this hour."
            )
        }
    }

    private static func text(of log: StrangerLog) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(log), as: UTF8.self)
    }
}
