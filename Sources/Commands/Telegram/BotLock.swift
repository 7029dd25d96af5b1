import Foundation
import Locking

/// The right to poll for a bot, of which there is one on the machine for each user.
///
/// Telegram gives each update to whoever asks first: two that ask take messages from each other. A class, because its end
/// releases the lock; the kernel releases it too, however the process ends.
final class BotLock: Sendable {
    private let descriptor: Int32

    /// Takes the right to poll for `bot`; nil when another process has it.
    ///
    /// Throws ``Failure`` when there can be no such lock in `directory`.
    init?(_ bot: Int64, in directory: String) throws {
        // The bot's id and nothing of its token: that may be replaced while the bot stays the same.
        let path = "\(directory)/telegram-\(bot).lock"
        // Closed on exec: an agent that outlives us must not keep the bot.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Failure(code: Failure.unavailable, message: "\(path): \(String(cString: strerror(errno)))")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        descriptor = file
    }

    deinit { close(descriptor) }
}
