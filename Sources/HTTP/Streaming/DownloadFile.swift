#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file that takes its place when it is whole, and leaves nothing when it is not.
///
/// A class, because an unfinished one is removed with the last reference.
final class DownloadFile {
    private let path: String
    private let partial: String
    private let descriptor: Int32
    private var isKept = false

    init(for path: String) throws(DownloadFileError) {
        self.path = path
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        partial = "\(path[..<slash]).download-\(UInt64.random(in: .min ... .max))"
        descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            isKept = true
            throw DownloadFileError(path: path, errno: errno)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isKept { unlink(partial) }
    }

    func write(_ bytes: Data) throws(DownloadFileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.write($0, to: descriptor) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DownloadFileError(path: path, errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Gives the file its name.
    func keep() throws(DownloadFileError) {
        guard rename(partial, path) == 0 else { throw DownloadFileError(path: path, errno: errno) }
        isKept = true
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
