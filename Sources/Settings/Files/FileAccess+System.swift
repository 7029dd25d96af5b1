#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FileAccess {
    /// The real file system.
    public static let system = FileAccess(read: readFile, create: createFile, stamp: stamp)

    private static func readFile(at path: String, limit: Int) throws(FileFailure) -> [UInt8]? {
        // How people say "no file".
        if path == "/dev/null" { return [] }
        do {
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            let attributes = try FileManager.default.attributesOfItem(atPath: target)
            // A pipe or a terminal would block.
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw FileFailure("is no regular file")
            }
            let size = (attributes[.size] as? UInt64).map(Int.init(clamping:)) ?? 0
            guard size <= limit else { throw FileFailure("is bigger than \(limit) bytes") }
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: target)))
            guard bytes.count <= limit else { throw FileFailure("is bigger than \(limit) bytes") }
            return bytes
        } catch let error as CocoaError where isMissing(error) {
            return nil
        } catch {
            throw failure(error)
        }
    }

    private static func createFile(at path: String, bytes: [UInt8]) throws(FileFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: PathBase.parent(of: path), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw failure(error)
        }
    }

    private static func stamp(of path: String) -> FileStamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        // The second time also moves when somebody sets the first one back, and when permissions change.
        return FileStamp(
            Int64(status.st_dev), Int64(bitPattern: UInt64(status.st_ino)), Int64(status.st_size),
            Int64(modified.tv_sec), Int64(modified.tv_nsec), Int64(changed.tv_sec), Int64(changed.tv_nsec))
    }

    private static func isMissing(_ error: CocoaError) -> Bool {
        let missing: [POSIXError.Code?] = [.ENOENT, .ENOTDIR]
        return error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile
            || missing.contains((error.underlying as? POSIXError)?.code)
    }

    private static func failure(_ error: any Error) -> FileFailure {
        if let failure = error as? FileFailure { return failure }
        return switch (error as? CocoaError)?.code {
        case .fileReadNoPermission?, .fileWriteNoPermission?: FileFailure("permission denied")
        case .fileWriteFileExists?: FileFailure("is there already")
        case .fileWriteOutOfSpace?: FileFailure("no space left")
        case .fileWriteVolumeReadOnly?: FileFailure("the file system is read-only")
        default:
            if let cause = (error as? CocoaError)?.underlying as? POSIXError {
                FileFailure(String(cString: strerror(cause.code.rawValue)))
            } else {
                FileFailure("\(error)")
            }
        }
    }
}
