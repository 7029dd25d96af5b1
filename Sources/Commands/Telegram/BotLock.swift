import Foundation
import Locking
import Store

/// The right to poll for a bot, of which there is one on the machine for each user.
///
/// Telegram gives each update to whoever asks first: two that ask take messages from each other. A class, because its end
/// releases the lock; the kernel releases it too, however the process ends.
final class BotLock: Sendable {
    /// Where the state of the workspace is that has it.
    let state: String
    private let greeting: String
    private let file: Locked<BotLockFile>
    /// Makes the file anew; nil when another process has made it.
    private let remake: @Sendable () throws -> BotLockFile?
    /// Where the file would be made.
    private let place: @Sendable () -> String

    /// Takes the right to poll for `bot`, for the workspace whose state is in `state`; nil when another process has it.
    ///
    /// The lock is in the user's folder on the machine, whose place is `machine`; beside the state where there can be none.
    /// Throws ``Failure`` when there can be no lock at all.
    init?(_ bot: Int64, for state: StateDirectory, on machine: String = MachineFolder.place) throws {
        let make: @Sendable () throws -> BotLockFile? = { try BotLockFile(of: bot, for: state, on: machine) }
        guard let file = try make() else { return nil }
        self.file = Locked(file)
        remake = make
        place = { BotLockFile.path(of: bot, beside: state, on: machine) }
        self.state = state.path
        greeting = "\((state.path as NSString).deletingLastPathComponent)/telegram-\(bot).greeter"
    }

    /// Why programs with another `CM_STATE_DIR` do not meet at this lock; nil when all do.
    var remark: String? { file.withLock(\.remark) }

    /// Keeps the lock from whoever tidies up old files, and makes it anew where that has happened, or where one beside the
    /// state can be one for all again; to be called every now and then, by one task.
    ///
    /// Returns false when another process has the right now. Throws ``Failure`` when there can be no lock at all at the
    /// moment.
    func renew() throws -> Bool {
        let old = file.withLock(\.self)
        if old.touch(), old.remark == nil || old.path == place() { return true }
        guard let new = try remake() else { return false }
        file.withLock { $0 = new }
        return true
    }

    /// Where the state of the workspace is that polls for `bot`; nil when nobody knows.
    static func holder(of bot: Int64, beside state: StateDirectory, on machine: String = MachineFolder.place) -> String?
    {
        text(at: BotLockFile.path(of: bot, beside: state, on: machine))
    }

    /// Where the state of the workspace is that welcomed people last as the bot, and what tells that welcome from all others;
    /// nil when none did that has its state here.
    var lastGreeter: (state: String, welcome: String)? {
        guard let state = Self.text(at: greeting) else { return nil }
        // Each welcome is a write of its own; a file that is gone meanwhile tells of none.
        let written = try? FileManager.default.attributesOfItem(atPath: greeting)[.modificationDate] as? Date
        return written.map { (state, "\($0.timeIntervalSince1970)") }
    }

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
}
