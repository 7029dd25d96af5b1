import Foundation
import TelegramFront

/// The folder for files of others in a working directory: the user's alone, and not seen by git.
///
/// Reached step by step and never through a link, whatever an agent has put there. A class, because its end closes the
/// descriptor.
final class InboxFolder {
    /// Where it is in the working directory.
    static let path = ".cm/inbox"

    let descriptor: Int32

    /// Opens the folder in `directory`, and makes it where it is missing; throws `FileShelfError`.
    init(in directory: String) throws {
        let root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw Self.error(directory) }
        defer { close(root) }
        let own = try Self.enter(".cm", of: root, called: ".cm")
        defer { close(own) }
        descriptor = try Self.enter("inbox", of: own, called: Self.path)
        // One that was there before may be open to others; not ours to change is no reason to fail.
        _ = fchmod(descriptor, 0o700)
        hideFromGit()
    }

    deinit { close(descriptor) }

    /// How large the file `name` is; nil when there is none.
    ///
    /// Throws `FileShelfError` for what is no file.
    func size(of name: String) throws -> Int64? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw Self.error("\(Self.path)/\(name)") }
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileShelfError("\(Self.path)/\(name) is there already, and is no file")
        }
        return Int64(status.st_size)
    }

    /// Begins a file that is called `name` when it is whole; throws `FileShelfError`.
    func begin(_ name: String) throws -> InboxFile { try InboxFile(name, in: self) }

    /// Opens the folder `name` of `parent`, and makes it where it is missing.
    private static func enter(_ name: String, of parent: Int32, called path: String) throws -> Int32 {
        guard mkdirat(parent, name, 0o700) == 0 || errno == EEXIST else { throw error(path) }
        let folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder < 0 else { return folder }
        // Linux says "not a directory" of a link that is not to be followed.
        guard errno == ELOOP || errno == ENOTDIR else { throw error(path) }
        throw FileShelfError("\(path) is a link or a file, and not a folder of the working directory")
    }

    /// Has git pass over the folder; where that cannot be written, files are kept all the same.
    private func hideFromGit() {
        let file = openat(descriptor, ".gitignore", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        _ = write(file, "*\n", 2)
        close(file)
    }

    /// Why `path` cannot be used, as the system says.
    static func error(_ path: String) -> FileShelfError {
        FileShelfError("\(path): \(String(cString: strerror(errno)))")
    }
}
