import Foundation
import Store

/// A locked file that is there as long as it is locked.
///
/// A class, because its end removes the file and releases the lock.
final class BotLockFile: Sendable {
    /// Why programs with another `CM_STATE_DIR` do not meet at it; nil when all do.
    let remark: String?
    private let descriptor: Int32
    /// Where it is.
    let path: String
    private let folder: MachineFolder?

    /// Makes and locks the file of `bot` for the workspace whose state is in `state`; nil when another process has it.
    ///
    /// Throws ``Failure`` when there can be none.
    init?(of bot: Int64, for state: StateDirectory, on machine: String) throws {
        let place = Place(bot, beside: state, on: machine)
        (remark, folder, path) = (place.remark, place.folder, place.file)
        // Whoever tidies up old files passes over a folder that somebody has locked. Without that it is made anew.
        if let folder { _ = flock(folder.descriptor, LOCK_SH | LOCK_NB) }
        guard let file = try Self.lock(path) else { return nil }
        descriptor = file
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

    /// Makes it a file of now; false when it has been removed, so that others would lock another one.
    func touch() -> Bool {
        // One that cannot be touched is held all the same.
        _ = futimens(descriptor, nil)
        return Self.isThere(descriptor, at: path)
    }

    /// Where the file of `bot` is.
    static func path(of bot: Int64, beside state: StateDirectory, on machine: String) -> String {
        Place(bot, beside: state, on: machine).file
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

    /// Where it is.
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
