import Foundation

/// A directory of its own for a test, gone with it.
///
/// A class, because it goes with the last reference.
final class Place: Sendable {
    let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "/cm-http-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func path(_ name: String) -> String { directory + "/" + name }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
}
