import Foundation
import Store

/// The right to poll for a bot, of which there is one on the machine for each user.
///
/// Telegram gives each update to whoever asks first: two that ask take messages from each other. A class, because its end
/// releases the lock; the kernel releases it too, however the process ends.
final class BotLock: Sendable {
    private let descriptor: Int32

    /// Takes the right to poll for `bot`, for the workspace whose state is in `state`; nil when another process has it.
    ///
    /// Throws ``Failure`` when there can be no such lock beside that directory.
    init?(_ bot: Int64, for state: StateDirectory) throws {
        let path = Self.path(of: bot, beside: state)
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
        // For whoever finds it held; that it is held does not depend on it.
        if ftruncate(file, 0) == 0 {
            let holder = Array(state.path.utf8)
            _ = pwrite(file, holder, holder.count, 0)
        }
    }

    deinit { close(descriptor) }

    /// Where the state of the workspace is that polls for `bot`, or was the last to do so; nil when nobody knows.
    static func holder(of bot: Int64, beside state: StateDirectory) -> String? {
        let bytes = FileManager.default.contents(atPath: path(of: bot, beside: state)) ?? Data()
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// The bot's id and nothing of its token: that may be replaced while the bot stays the same.
    private static func path(of bot: Int64, beside state: StateDirectory) -> String {
        "\((state.path as NSString).deletingLastPathComponent)/telegram-\(bot).lock"
    }
}
