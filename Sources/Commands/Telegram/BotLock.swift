import Foundation
import Store

/// The right to poll for a bot, of which there is one on the machine for each user.
///
/// Telegram gives each update to whoever asks first: two that ask take messages from each other. A class, because its end
/// releases the lock; the kernel releases it too, however the process ends.
final class BotLock: Sendable {
    /// Why programs with another `CM_STATE_DIR` do not meet at this lock; nil when all do.
    let remark: String?
    private let descriptor: Int32
    /// Where the state of the workspace is that has it.
    let state: String
    private let path: String
    private let folder: MachineFolder?
    private let greeting: String

    /// Takes the right to poll for `bot`, for the workspace whose state is in `state`; nil when another process has it.
    ///
    /// The lock is in the user's folder on the machine, whose place is `machine`; beside the state where there can be none.
    /// Throws ``Failure`` when there can be no lock at all.
    init?(_ bot: Int64, for state: StateDirectory, on machine: String = MachineFolder.place) throws {
        let place = Place(bot, beside: state, on: machine)
        (remark, folder, path) = (place.remark, place.folder, place.file)
        // Whoever tidies up old files passes over a folder that somebody has locked. Without that it is made anew.
        if let folder { _ = flock(folder.descriptor, LOCK_SH | LOCK_NB) }
        guard let file = try Self.lock(path) else { return nil }
        descriptor = file
        self.state = state.path
        greeting = "\((state.path as NSString).deletingLastPathComponent)/telegram-\(bot).greeter"
        // For whoever finds it held; that it is held does not depend on it.
        if ftruncate(file, 0) == 0 {
            let holder = Array(state.path.utf8)
            _ = pwrite(file, holder, holder.count, 0)
        }
    }

    deinit {
        // Whoever has opened it meanwhile finds it gone, and makes another one.
        if Self.isThere(descriptor, at: path) { unlink(path) }
        close(descriptor)
    }

    /// Where the state of the workspace is that polls for `bot`; nil when nobody knows.
    static func holder(of bot: Int64, beside state: StateDirectory, on machine: String = MachineFolder.place) -> String?
    {
        text(at: Place(bot, beside: state, on: machine).file)
    }

    /// Where the state of the workspace is that welcomed people last as the bot; nil when none did that has its state here.
    var lastGreeter: String? { Self.text(at: greeting) }

    /// People are welcomed by this workspace.
    ///
    /// Where that cannot be noted, the next one says one word too few.
    func noteWelcome() {
        let file = open(greeting, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let bytes = Array(state.utf8)
        _ = write(file, bytes, bytes.count)
        close(file)
    }

    private static func text(at path: String) -> String? {
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// The descriptor of the file at `path`, locked; nil when another process has locked it.
    private static func lock(_ path: String) throws -> Int32? {
        while true {
            // Closed on exec: an agent that outlives us must not keep the bot.
            let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard file >= 0 else {
                throw Failure(code: Failure.unavailable, message: "\(path): \(String(cString: strerror(errno)))")
            }
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                close(file)
                return nil
            }
            if isThere(file, at: path) { return file }
            // Somebody has removed it in between: others would lock another file.
            close(file)
        }
    }

    /// Whether the file at `path` is this one.
    private static func isThere(_ file: Int32, at path: String) -> Bool {
        var own = stat(), there = stat()
        return fstat(file, &own) == 0 && lstat(path, &there) == 0 && own.st_ino == there.st_ino
            && own.st_dev == there.st_dev
    }

    /// Where the lock of a bot is.
    private struct Place {
        let file: String
        var folder: MachineFolder?
        var remark: String?

        init(_ bot: Int64, beside state: StateDirectory, on machine: String) {
            // The bot's id and nothing of its token: that may be replaced while the bot stays the same.
            let name = "telegram-\(bot).lock"
            do {
                folder = try MachineFolder(at: machine)
                file = "\(machine)/\(name)"
            } catch {
                remark = (error as? Failure)?.message ?? "\(error)"
                file = "\((state.path as NSString).deletingLastPathComponent)/\(name)"
            }
        }
    }
}
