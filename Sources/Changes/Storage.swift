#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where snapshots are kept: one folder for each week, so that old ones go as a whole.
///
/// Nothing in a week's folder needs another's, which is why nothing has to be counted or collected.
struct Storage: Sendable {
    /// For how many weeks a snapshot is kept after the one it was taken in.
    static let keptWeeks = 2

    /// An absolute path, whose parent exists.
    let path: String

    /// The folder of one week.
    struct Week {
        let number: Int
        let path: String

        /// Git objects.
        var objects: String { path + "/objects" }

        /// What git knew of a directory in no repository, which spares reading all of it again.
        func index(of directory: String) -> String { "\(path)/indexes/\(SHA256.hex(of: Array(directory.utf8)))" }

        /// Where a listing is kept.
        func listing(_ name: String) -> String { "\(path)/listings/\(name)" }
    }

    /// The folder of the week of `day`, made when it is missing; drops those that are too old.
    func open(day: Int) throws -> Week {
        let week = Week(number: day / 7, path: "\(path)/\(day / 7)")
        for folder in [
            path, "\(path)/scratch", week.path, week.objects, "\(week.path)/indexes", "\(week.path)/listings",
        ] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw ChangeError(.storage, "\(folder) cannot be made: \(String(cString: strerror(errno)))")
            }
        }
        // One that was there before may be open to others. Not ours to change is no reason to fail.
        _ = chmod(path, 0o700)
        prune(before: week.number - Self.keptWeeks)
        return week
    }

    /// The folder of a week, if it is still there.
    func week(_ number: Int) -> Week? {
        let week = Week(number: number, path: "\(path)/\(number)")
        return access(week.objects, R_OK | X_OK) == 0 ? week : nil
    }

    /// Makes a folder for one operation; whoever asked removes it.
    func makeWorkFolder() throws -> String {
        var template = Array("\(path)/scratch/XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ChangeError(.storage, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes a folder and all that is in it.
    static func remove(_ folder: String) {
        // What is left is removed with the week, or by the next start.
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func prune(before oldest: Int) {
        // A storage that cannot be listed will fail soon enough where it matters.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where Int(name).map({ $0 < oldest }) ?? false { Self.remove("\(path)/\(name)") }
        // What operations that did not come to their end have left.
        let left = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/scratch")) ?? []
        for name in left {
            var status = stat()
            let folder = "\(path)/scratch/\(name)"
            guard lstat(folder, &status) == 0, time(nil) - FileStatus(status).modified.seconds > 86_400 else {
                continue
            }
            Self.remove(folder)
        }
    }
}
