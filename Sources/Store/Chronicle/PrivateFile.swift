import Foundation

/// A file that the user alone can read.
public struct PrivateFile: Sendable {
    /// Its path.
    public let path: String

    private let makesDirectory: Bool

    /// The file at `path`, there or not.
    public init(_ path: String) {
        self.path = path
        makesDirectory = false
    }

    /// A file of `directory`, which is created with the first of them.
    init(_ name: String, in directory: String) {
        path = directory + "/" + name
        makesDirectory = true
    }

    /// Adds `bytes` at the end by one write; creates the file where missing.
    ///
    /// Adds all or nothing. Throws ``StoreError``, code `unusable`.
    func append(_ bytes: [UInt8]) throws {
        let file = try open(O_WRONLY | O_CREAT | O_APPEND)
        defer { close(file) }
        let size = lseek(file, 0, SEEK_END)
        let written = write(file, bytes, bytes.count)
        guard written == bytes.count else {
            let reason = written < 0 ? errno : ENOSPC
            // Half a line would spoil the next one; when this fails too, the disk has worse faults.
            if written > 0, size >= 0 { _ = ftruncate(file, size) }
            throw unusable(reason)
        }
    }

    /// Makes `bytes` all that is in the file, whoever reads it meanwhile.
    ///
    /// They are first written beside it, under the name `temporary`; what is there of this name goes. Throws
    /// ``StoreError``, code `unusable`.
    public func replace(with bytes: [UInt8], temporary: String) throws {
        let directory = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let new = makesDirectory ? PrivateFile(temporary, in: directory) : PrivateFile(directory + "/" + temporary)
        _ = unlink(new.path)  // left by a process that was killed
        do {
            try new.create(with: bytes)
            guard rename(new.path, path) == 0 else { throw unusable(errno) }
        } catch {
            _ = unlink(new.path)
            throw error
        }
    }

    /// Creates the file; throws ``StoreError``, code `held`, when there is one, and `unusable` when it cannot be
    /// written.
    public func create(with bytes: [UInt8]) throws {
        let file = try open(O_WRONLY | O_CREAT | O_EXCL)
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard written > 0 else {
                let reason = errno
                _ = unlink(path)
                throw unusable(reason)
            }
            rest = rest.dropFirst(written)
        }
    }

    private func open(_ flags: Int32) throws -> Int32 {
        var file = Foundation.open(path, flags | O_CLOEXEC, 0o600)
        if file < 0, errno == ENOENT, makesDirectory {
            _ = mkdir(URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false), 0o700)
            file = Foundation.open(path, flags | O_CLOEXEC, 0o600)
        }
        guard file < 0 else { return file }
        guard errno != EEXIST else { throw StoreError(code: .held, description: "\(path) is there already") }
        throw unusable(errno)
    }

    private func unusable(_ number: Int32) -> StoreError {
        StoreError(code: .unusable, description: "\(path) cannot be written: \(String(cString: strerror(number)))")
    }
}
