import Foundation
import GRDB

/// The SQLite database of a workspace.
public struct Database: Sendable {
    let queue: DatabaseQueue
    /// Brings to the disk what was committed.
    let disk: DiskSync
    /// What was found and mended at the opening, for people; empty when all was well.
    public let remarks: [String]

    /// Opens the database in `directory`, creating or migrating it as needed.
    ///
    /// A file that is no database, or a damaged one, is moved aside and reported in ``remarks``. Throws
    /// ``StoreError``: `newer` for one written by a newer version, `unusable` when it cannot be opened or written.
    public init(in directory: StateDirectory) throws {
        let path = directory.file("cm.sqlite")
        do {
            queue = try Self.open(path)
            remarks = []
        } catch let error as DatabaseError where Self.isDamage(error) {
            let aside: String
            do {
                aside = try Self.moveAside(path)
                queue = try Self.open(path)
            } catch {
                throw StateDirectory.unusable(directory.path, because: "\(error)")
            }
            remarks = ["the database was damaged (\(error.resultCode)); it is now \(aside), and a new one was begun"]
        } catch let error as DatabaseError {
            throw StateDirectory.unusable(directory.path, because: "\(error.message ?? "\(error.resultCode)")")
        }
        // There as long as the database is open.
        disk = try DiskSync(of: path + "-wal")
    }

    private init(reading queue: DatabaseQueue) {
        self.queue = queue
        disk = DiskSync {}
        remarks = []
    }

    /// The database in `directory`, to be read only, also beside a process that writes it; nil when there is none.
    ///
    /// Changes nothing. Throws ``StoreError``: `newer` and `older` for one written by another version, `unusable` when
    /// it cannot be read.
    public static func reading(in directory: StateDirectory) throws -> Database? {
        let path = directory.file("cm.sqlite")
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            if try queue.read(Schema.migrator.hasBeenSuperseded) { throw newer(path) }
            guard try queue.read(Schema.migrator.hasCompletedMigrations) else {
                throw StoreError(code: .older, description: "\(path) was written by an older version of cm")
            }
            return Database(reading: queue)
        } catch let error as DatabaseError {
            throw StoreError(
                code: .unusable, description: "\(path) cannot be read: \(error.message ?? "\(error.resultCode)")")
        }
    }

    private static func newer(_ path: String) -> StoreError {
        StoreError(
            code: .newer,
            description: "\(path) was written by a newer version of cm; update this one, or set CM_STATE_DIR")
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        // Created before SQLite does it, so that nobody else can ever read it; the journal files take its mode.
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: String(cString: strerror(errno)))
        }
        close(file)
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        if try queue.read(Schema.migrator.hasBeenSuperseded) {
            throw newer(path)
        }
        try check(queue, path)
        try Schema.migrator.migrate(queue)
        return queue
    }

    /// Looks for damage in a small database.
    ///
    /// A large one would take long; damage shows there when it is used.
    private static func check(_ queue: DatabaseQueue, _ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size < 16 << 20 else { return }
        let verdict = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard verdict == "ok" else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict)
        }
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
    }

    private static func moveAside(_ path: String) throws -> String {
        let stamp = Int(Date.now.timeIntervalSince1970)
        var aside = "\(path).damaged-\(stamp)"
        while FileManager.default.fileExists(atPath: aside) { aside += "+" }
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
        return aside
    }
}
