import Conversation
import Logging

/// Tells the log and people how it stands with the bot.
struct BotVoice: Sendable {
    /// Tells people at the terminals.
    typealias Teller = @Sendable (Notice) async -> Void

    /// Where notifications come from; nil when nobody is told of any.
    let door: (any NotificationDoor)?
    let tell: Teller
    let logger: Logger

    /// Tells of an error, and only those who are at a terminal now.
    func complain(_ text: String) async {
        logger.error("\(text)")
        await tell(Notice(.error, text))
    }

    /// Tells people, also those who come to a terminal later.
    func announce(_ text: String, as name: String, _ priority: Announcement.Priority) async {
        let level: Logger.Level = priority <= .important ? .error : .warning
        logger.log(level: level, "\(text)")
        guard let door else { return await tell(Notice(priority <= .important ? .error : .warn, text)) }
        do {
            try await door.notify(Announcement(priority, key: "telegram/\(name)", text, of: "telegram"))
        } catch {
            logger.error("could not tell people of it", metadata: ["error": "\(error)"])
        }
    }
}
