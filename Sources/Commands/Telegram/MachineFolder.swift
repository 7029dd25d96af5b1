import Foundation

/// The private folder of this user on this machine: the same for all their programs, whatever their environments say.
///
/// In `/tmp`, which is there from the start of the machine to its end, as a session's own folder is not. Others may write
/// there too: so the folder is looked at through one descriptor and never through a link. A class, because its end closes
/// the descriptor.
final class MachineFolder: Sendable {
    /// Where it is.
    static let place = "/tmp/cm-\(geteuid())"

    let path: String
    let descriptor: Int32

    /// Opens the folder at `path`, and makes it where it is missing; throws ``Failure`` when it is not the user's own.
    init(at path: String = MachineFolder.place) throws {
        self.path = path
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.failure(path) }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else {
            // Linux says "not a directory" of a link that is not to be followed.
            guard errno == ELOOP || errno == ENOTDIR else { throw Self.failure(path) }
            throw Failure(code: Failure.unavailable, message: "\(path) is a link or a file, and no folder")
        }
        var status = stat()
        guard fstat(folder, &status) == 0, status.st_uid == geteuid() else {
            close(folder)
            throw Failure(code: Failure.unavailable, message: "\(path) is the folder of another user")
        }
        guard status.st_mode & 0o777 == 0o700 || fchmod(folder, 0o700) == 0 else {
            let failure = Self.failure(path)
            close(folder)
            throw failure
        }
        descriptor = folder
    }

    deinit { close(descriptor) }

    private static func failure(_ path: String) -> Failure {
        Failure(code: Failure.unavailable, message: "\(path): \(String(cString: strerror(errno)))")
    }
}
