import Settings
import Synchronization

/// Files that exist for one test only.
final class InMemoryFiles: Sendable {
    private let contents: Mutex<[String: [UInt8]]>
    /// How often each file was written.
    private let versions = Mutex<[String: Int64]>([:])
    private let failure: FileFailure?

    /// Files with these texts by absolute path; creating one fails with `failure`, if there is one.
    init(_ texts: [String: String] = [:], creatingFails failure: FileFailure? = nil) {
        contents = Mutex(texts.mapValues { Array($0.utf8) })
        self.failure = failure
    }

    /// Puts bytes that need not be text at `path`.
    func put(_ bytes: [UInt8], at path: String) {
        contents.withLock { $0[path] = bytes }
        versions.withLock { $0[path, default: 0] += 1 }
    }

    /// Puts `text` at `path`; nil takes the file away.
    func put(_ text: String?, at path: String) {
        if let text { put(Array(text.utf8), at: path) } else { contents.withLock { $0[path] = nil } }
    }

    /// The text at `path`.
    func text(at path: String) -> String? {
        contents.withLock { $0[path] }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The port.
    var access: FileAccess {
        FileAccess(
            read: { [self] path, limit throws(FileFailure) in
                let bytes = contents.withLock { $0[path] }
                guard (bytes?.count ?? 0) <= limit else { throw FileFailure("is bigger than \(limit) bytes") }
                return bytes
            },
            create: { [self] path, bytes throws(FileFailure) in
                if let failure { throw failure }
                put(bytes, at: path)
            },
            stamp: { [self] path in
                guard contents.withLock({ $0[path] }) != nil else { return nil }
                return FileStamp(versions.withLock { $0[path, default: 0] })
            })
    }
}
