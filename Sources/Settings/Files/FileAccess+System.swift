#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension FileAccess {
    /// The real file system.
    public static let system = FileAccess(read: readFile, create: createFile)

    private static func readFile(at path: String, limit: Int) throws(FileFailure) -> [UInt8]? {
        do {
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            let attributes = try FileManager.default.attributesOfItem(atPath: target)
            // A pipe or a terminal would block; the null device is how people say "no file".
            guard attributes[.type] as? FileAttributeType == .typeRegular || path == "/dev/null" else {
                throw FileFailure("is no regular file")
            }
            let size = (attributes[.size] as? UInt64).map(Int.init(clamping:)) ?? 0
            guard size <= limit else { throw FileFailure("is bigger than \(limit) bytes") }
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: target)))
            guard bytes.count <= limit else { throw FileFailure("is bigger than \(limit) bytes") }
            return bytes
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
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

    private static func failure(_ error: any Error) -> FileFailure {
        if let failure = error as? FileFailure { return failure }
        return switch (error as? CocoaError)?.code {
        case .fileReadNoPermission?, .fileWriteNoPermission?: FileFailure("permission denied")
        case .fileWriteFileExists?: FileFailure("is there already")
        case .fileWriteOutOfSpace?: FileFailure("no space left")
        case .fileWriteVolumeReadOnly?: FileFailure("the file system is read-only")
        default: FileFailure("\(error)")
        }
    }
}
