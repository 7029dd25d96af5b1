import Foundation
import LocalSockets
import TestSupport
import Testing

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
        directory = "/tmp/cmls-\(UInt32.random(in: .min ... .max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var socket: String { directory + "/s" }

    func path(_ name: String) -> String { directory + "/" + name }

    /// The path of a socket in it, of `length` bytes.
    func socket(length: Int) -> String {
        let start = directory + "/"
        return start + String(repeating: "x", count: length - start.utf8.count)
    }

    func exists(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0
    }

    func mode(_ path: String) -> UInt32 {
        var found = stat()
        return lstat(path, &found) == 0 ? UInt32(found.st_mode & 0o7777) : 0
    }
}

/// A connected pair over a socket of the file system.
func connectedPair() async throws -> (client: LocalSocket, server: LocalSocket) {
    let place = try Place()
    let listener = try LocalListener(at: place.socket)
    defer { listener.close() }
    let client = try LocalSocket.connect(to: place.socket)
    var connections = listener.connections.makeAsyncIterator()
    let server = try #require(try await connections.next())
    return (client, server)
}

extension LocalSocket {
    /// All bytes up to the end.
    func readAll() async throws -> Data {
        var all = Data()
        for try await chunk in chunks { all.append(contentsOf: chunk) }
        return all
    }

    /// Up to `count` bytes, or less at the end.
    func read(_ count: Int) async throws -> Data {
        var all = Data()
        for try await chunk in chunks {
            all.append(contentsOf: chunk)
            if all.count >= count { break }
        }
        return all
    }
}

/// How many descriptors this process has, or those of them that are sockets.
func socketCount() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { name in
        // The directory's own descriptor is gone by now.
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name))?.hasPrefix("socket:")
            ?? false
    }
}

func code(_ body: () async throws -> Void) async -> LocalSocketError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? LocalSocketError)?.code
    }
}
