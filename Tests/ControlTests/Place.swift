import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A directory of its own for a test, gone with it.
///
/// A class, because it goes with the last reference.
final class Place: Sendable {
    let directory: String

    init() throws {
        // Not the user's temporary directory, whose path may be long.
        directory = "/tmp/cmctl-\(UInt32.random(in: .min ... .max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var socket: String { directory + "/s" }

    func exists(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0
    }
}
