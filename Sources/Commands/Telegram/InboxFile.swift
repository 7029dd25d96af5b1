import Foundation
import TelegramFront

/// A file of somebody else while it comes in; it has its name when it is whole, and leaves nothing when it is not.
///
/// A class, because an unfinished one is removed with the last reference.
final class InboxFile {
    private let name: String
    private let partial: String
    private let folder: InboxFolder
    private let descriptor: Int32
    private var size: Int64 = 0

    /// Begins anew, also where a process that was killed has left a part.
    init(_ name: String, in folder: InboxFolder) throws {
        (self.name, self.folder) = (name, folder)
        partial = ".part-" + name
        _ = unlinkat(folder.descriptor, partial, 0)  // mostly there is none
        descriptor = openat(
            folder.descriptor, partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw InboxFolder.error("\(InboxFolder.path)/\(name)") }
    }

    deinit {
        close(descriptor)
        // Gone already when it was kept.
        _ = unlinkat(folder.descriptor, partial, 0)
    }

    /// Adds `bytes` at the end; throws `FileShelfError`.
    func write(_ bytes: Data) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure }
            rest = rest.dropFirst(count)
            size += Int64(count)
        }
    }

    /// Gives the file its name, on disk when it returns, and returns its size; never takes the place of another.
    func keep() throws -> Int64 {
        guard fsync(descriptor) == 0 else { throw failure }
        let place = folder.descriptor
        if linkat(place, partial, place, name, 0) != 0 {
            // Some file systems know no second names; there the look before is what keeps another file safe.
            guard errno != EEXIST, try folder.size(of: name) == nil, renameat(place, partial, place, name) == 0 else {
                throw failure
            }
        }
        guard fsync(place) == 0 else { throw failure }
        return size
    }

    private var failure: FileShelfError { InboxFolder.error("\(InboxFolder.path)/\(name)") }
}
