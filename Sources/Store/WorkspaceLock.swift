import Foundation

/// The right to be the one core of a workspace, held as long as the object lives and the process runs.
///
/// A class, because its end releases the lock. The kernel releases it too, however the process ends.
public final class WorkspaceLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, and names the holder in the file.
    ///
    /// `holder` is one line that tells people who holds it, for example `cm chat`; pid and time are added. Throws
    /// ``StoreError``: `held`, with the holder's line, when another process has it; `unusable` when the file
    /// cannot be written.
    public init(in directory: StateDirectory, holder: String) throws {
        let path = directory.file("cm.lock")
        // Closed on exec: an agent that outlives us must not keep the workspace locked.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw StateDirectory.unusable(directory.path, because: String(cString: strerror(errno)))
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(file)
            guard reason == EWOULDBLOCK else {
                throw StateDirectory.unusable(directory.path, because: String(cString: strerror(reason)))
            }
            let named = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""  // unreadable: held all the same
            let line = named.trimmingCharacters(in: .whitespacesAndNewlines)
            throw StoreError(code: .held, description: line.isEmpty ? "another process" : line)
        }
        descriptor = file
        let line = Array("\(holder) (pid \(getpid()), since \(Date.now.formatted(.iso8601)))\n".utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, line, line.count, 0) == line.count else {
            throw StateDirectory.unusable(directory.path, because: String(cString: strerror(errno)))
        }
    }

    deinit { close(descriptor) }
}
