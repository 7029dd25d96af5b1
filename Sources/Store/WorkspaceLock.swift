import Foundation
import Locking

/// A right of which there is one in a workspace, held as long as the object lives and the process runs.
///
/// A class, because its end releases the lock. The kernel releases it too, however the process ends.
public final class WorkspaceLock: Sendable {
    /// What the right is for.
    public enum Right: String, Sendable {
        /// To be the core.
        case core = "cm.lock"
        /// To be the monitor: while one holds it, nobody else becomes the core.
        case monitor = "monitor.lock"
    }

    /// nil once it is released.
    private let descriptor: Locked<Int32?>
    private let directory: StateDirectory
    private let line: String

    /// Takes the lock, and names the holder in the file.
    ///
    /// `holder` is one line that tells people who holds it, for example `cm chat`; pid and time are added. Throws
    /// ``StoreError``: `held`, with the holder's line, when another process has it; `unusable` when the file
    /// cannot be written.
    public init(_ right: Right = .core, in directory: StateDirectory, holder: String) throws {
        let path = directory.file(right.rawValue)
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
            throw StoreError(code: .held, description: Self.holder(of: right, in: directory).name)
        }
        descriptor = Locked(file)
        self.directory = directory
        line = "\(holder) (pid \(getpid()), since \(Date.now.formatted(.iso8601)))"
        try write(line + "\n")
    }

    /// Writes down the socket at which the holder can be reached; throws ``StoreError``, code `unusable`.
    public func announce(socket: String) throws { try write("\(line)\nsocket \(socket)\n") }

    private func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        // Written over, then cut: there is no moment at which the file names nobody.
        let isWritten = descriptor.withLock { file in
            guard let file else { return false }
            return pwrite(file, bytes, bytes.count, 0) == bytes.count && ftruncate(file, off_t(bytes.count)) == 0
        }
        guard isWritten else {
            throw StateDirectory.unusable(directory.path, because: String(cString: strerror(errno)))
        }
    }

    /// Gives the right up; another process can take it at once.
    public func release() {
        descriptor.withLock { file in
            if let file { close(file) }
            file = nil
        }
    }

    deinit { release() }

    /// Who holds a right, or held it last.
    public struct Holder: Hashable, Sendable {
        /// One line for people.
        public var name: String
        /// The socket at which it can be reached; nil while it has none.
        public var socket: String?
    }

    /// Who holds `right`, or held it last, as far as it is written down.
    public static func holder(of right: Right = .core, in directory: StateDirectory) -> Holder {
        // Unreadable: held all the same.
        let text = (try? String(contentsOfFile: directory.file(right.rawValue), encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n")
        let socket = lines.dropFirst().first { $0.hasPrefix("socket ") }.map { String($0.dropFirst(7)) }
        return Holder(name: lines.first.map(String.init) ?? "another process", socket: socket)
    }

    /// Whether somebody holds `right` at this moment.
    public static func isHeld(_ right: Right, in directory: StateDirectory) -> Bool {
        let file = open(directory.file(right.rawValue), O_RDONLY | O_CLOEXEC)
        // None was ever held where there is no file.
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0
    }
}
