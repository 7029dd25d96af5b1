import Foundation
import Store

/// A database for one test; removed with the object.
final class TestDatabase: Sendable {
    /// When it is, in milliseconds since 1970.
    static let now: Int64 = 1_000_000

    let directory: StateDirectory
    private let base: String

    /// That of the workspace at `workspace`, beside that of another one if it is given.
    init(workspace: String = "/w", beside other: TestDatabase? = nil) throws {
        base = other?.base ?? NSTemporaryDirectory() + "cm-test-" + UUID().uuidString
        directory = StateDirectory(workspace: workspace, environment: ["CM_STATE_DIR": base], home: "/")
        try directory.prepare()
    }

    deinit { try? FileManager.default.removeItem(atPath: base) }  // what is left harms nobody

    /// Telegram's tables, through a connection of their own.
    func tables(now: @escaping @Sendable () -> Int64 = { TestDatabase.now }) throws -> TelegramTables {
        TelegramTables(try Database(in: directory), now: now)
    }

    /// All that is on disk.
    func bytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted().reduce(into: Data()) {
            $0 += try Data(contentsOf: URL(filePath: directory.file($1)))
        }
    }
}
