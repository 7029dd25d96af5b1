import Foundation

@testable import Store

/// A state directory for one test; removed with the object.
final class TestState: Sendable {
    let directory: StateDirectory
    private let base = NSTemporaryDirectory() + "cm-test-" + UUID().uuidString

    init() throws {
        directory = StateDirectory(workspace: "/w", environment: ["CM_STATE_DIR": base + "/deep"], home: "/")
        try directory.prepare()
    }

    deinit { try? FileManager.default.removeItem(atPath: base) }  // what is left harms nobody

    /// The permissions of a file, or of the directory itself or its base.
    func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
