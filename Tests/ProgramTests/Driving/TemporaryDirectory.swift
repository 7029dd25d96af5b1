import Foundation

/// A directory that goes when nobody holds it any more.
final class TemporaryDirectory: Sendable {
    /// Its path, symbolic links resolved.
    let path: String

    init() throws {
        let name = "cm-test-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: name)
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        path = url.path(percentEncoded: false)
    }

    // What cannot be removed is the system's to clean: a test must not fail for it.
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
