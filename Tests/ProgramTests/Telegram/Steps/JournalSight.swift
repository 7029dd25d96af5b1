import Foundation
import GRDB

/// What the database of a program holds: seen beside it while it runs, or as it left it.
struct JournalSight {
    /// Each thing that is kept, and how far it has come, in words; the names hold what tells it from others.
    private(set) var stages: [String: String] = [:]
    /// The keys of messages of the bot that may have been sent, of which nobody noted what became.
    private(set) var begun: (once: [String], filled: [String]) = ([], [])
    /// The turn that runs, and whether it has acted; in plan mode, whether the stage under way has.
    private(set) var running: (turn: Int64, hasActed: Bool)?
    /// What is left to be done.
    private(set) var open: [String] = []
    /// Whether nothing is left to be done.
    var isIdle: Bool { open.isEmpty }

    /// Reads the database at `path`, without changing what is there.
    init(at path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }  // it is closed with the last reference
        self = try queue.read { try JournalSight($0) }
    }

    /// Reads the database at `path` as a program left it that was killed, in a copy at `place`.
    ///
    /// Whoever opens what was left repairs it, which is for the next one to run.
    init(left path: String, copiedTo place: String) throws {
        self = try Self.left(path, copiedTo: place) { try JournalSight($0) }
    }

    /// The keys of the messages whose placeholders may have been sent, of which nobody noted what became, in the database at
    /// `path` as a program left it that was killed; see ``init(left:copiedTo:)``.
    static func reserved(left path: String, copiedTo place: String) throws -> [String] {
        try left(path, copiedTo: place) { database in
            // Killed in its first moments.
            guard try database.tableExists("telegram_slots") else { return [] }
            return try String.fetchAll(
                database, sql: "SELECT key FROM telegram_slots WHERE stage = 'begun' AND delivery = 'filled'")
        }
    }

    private static func left<Value>(
        _ path: String, copiedTo place: String, _ body: (GRDB.Database) throws -> Value
    ) throws -> Value {
        try? FileManager.default.removeItem(atPath: place)  // from the time before
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        for name in ["", "-wal"] where FileManager.default.fileExists(atPath: path + name) {
            try FileManager.default.copyItem(atPath: path + name, toPath: place + "/cm.sqlite" + name)
        }
        let queue = try DatabaseQueue(path: place + "/cm.sqlite")
        defer { try? queue.close() }  // it is closed with the last reference
        return try queue.read(body)
    }

    private init(_ database: GRDB.Database) throws {
        func each(_ sql: String, _ body: (Row) -> Void) throws {
            for row in try Row.fetchAll(database, sql: sql) { body(row) }
        }
        var (stages, begun, open) = (self.stages, self.begun, self.open)
        try each(
            """
            SELECT update_id AS id, payload IS NOT NULL AS is_open, payload GLOB '*"cm_deed"*' AS is_begun
            FROM telegram_updates
            """
        ) { row in
            let (id, isOpen, isBegun): (Int64, Bool, Bool?) = (row["id"], row["is_open"], row["is_begun"])
            stages["update \(id)"] = isOpen ? isBegun == true ? "begun" : "taken in" : "dealt with"
            if isOpen { open.append("update \(id)") }
        }
        try each("SELECT next_update AS next FROM telegram_bots") { row in
            let next: Int64? = row["next"]
            stages["offset"] = "\(next ?? 0)"
        }
        try each("SELECT id, state, attempt, revised IS NOT NULL AS is_revised FROM messages") { row in
            let (id, state, isRevised): (Int64, String, Bool) = (row["id"], row["state"], row["is_revised"])
            stages["message \(id)"] = state + (isRevised ? ", changed" : "")
            if state == "waiting" { open.append("message \(id)") }
        }
        var running: (turn: Int64, hasActed: Bool)?
        try each(
            """
            SELECT id, status, runs_again, EXISTS (
                SELECT 1 FROM events WHERE turn = turns.id AND kind IN ('action', 'approval') AND cursor > (
                    SELECT ifnull(max(cursor), 0) FROM events WHERE turn = turns.id AND kind = 'stage')
            ) AS has_acted FROM turns
            """
        ) { row in
            let (id, status, again): (Int64, String?, Bool) = (row["id"], row["status"], row["runs_again"])
            stages["turn \(id)"] = (status ?? "begun") + (again ? ", runs again" : "")
            guard status == nil else { return }
            running = (id, row["has_acted"])
            open.append("turn \(id)")
        }
        try each("SELECT id, status FROM approvals") { row in
            let (id, status): (Int64, String) = (row["id"], row["status"])
            stages["approval \(id)"] = status
        }
        try each("SELECT id, mode, renewed FROM sessions") { row in
            let (id, mode, renewed): (String, String, Int64) = (row["id"], row["mode"], row["renewed"])
            stages["session \(id)"] = "\(mode), \(renewed)"
        }
        try each("SELECT kind, id FROM telegram_pairings") { row in
            let (kind, id): (String, Int64) = (row["kind"], row["id"])
            stages["\(kind) \(id)"] = "let in"
        }
        try each("SELECT id, is_told FROM notifications") { row in
            let (id, isTold): (Int64, Bool) = (row["id"], row["is_told"])
            stages["notification \(id)"] = isTold ? "told" : "kept"
        }
        try each("SELECT old, new FROM telegram_renamed_chats") { row in
            let (old, new): (Int64, Int64) = (row["old"], row["new"])
            stages["group \(old) \(new)"] = "renamed"
        }
        try each("SELECT value GLOB '*told' AS is_told FROM telegram_values WHERE name = 'poll.hold'") { row in
            let isTold: Bool = row["is_told"]
            stages["pause"] = isTold ? "told" : "kept"
        }
        try each("SELECT kind, cursor FROM events") { row in
            let (kind, cursor): (String, Int64) = (row["kind"], row["cursor"])
            stages["event \(cursor)"] = kind
        }
        try each("SELECT chat, cursor FROM telegram_cursors") { row in
            let (chat, cursor): (Int64, Int64) = (row["chat"], row["cursor"])
            stages["view of \(chat)"] = "\(cursor)"
        }
        try each("SELECT key, stage, delivery, wanted IS shown AS is_shown, is_due FROM telegram_slots") { row in
            let (key, stage, delivery): (String, String, String) = (row["key"], row["stage"], row["delivery"])
            let (isShown, isDue): (Bool, Bool) = (row["is_shown"], row["is_due"])
            stages["slot \(key)"] = isShown ? "\(stage), shown" : stage
            // One that may be sent once only is not due when it is on its way.
            if isDue || stage == "begun" { open.append("slot \(key) \(stage)") }
            guard stage == "begun" else { return }
            if delivery == "once" { begun.once.append(key) }
            // What is repeated is sent as it is.
            if delivery == "filled" { begun.filled.append(key) }
        }
        (self.stages, self.begun, self.running, self.open) = (stages, begun, running, open)
    }

    /// What has come further since `before`, as one word for each: without the numbers.
    func news(since before: JournalSight) -> Set<String> {
        Set(
            stages.filter { before.stages[$0.key] != $0.value }.map { name, stage in
                switch name.split(separator: " ").first {
                case "offset": "offset moved"
                case "view": "view moved"
                case "session": "session changed"
                case "slot": "\(Self.plain(name)) \(stage)"
                default: "\(name.prefix { $0 != " " }) \(stage)"
                }
            })
    }

    /// The name of a message of the bot without what tells it from others: the session, the chat and the numbers.
    private static func plain(_ name: String) -> String {
        if name.hasPrefix("slot notification/") { return "slot notification" }
        let key = name.split(separator: "@").last.map { $0.drop { $0 != "/" }.dropFirst() } ?? ""
        let parts = key.split(separator: "/").enumerated().map { index, part -> String in
            guard index == 0, part.dropFirst().allSatisfy(\.isNumber) else { return String(part) }
            return ["a": "approval", "f": "file", "t": "turn", "u": "update"][part.prefix(1)] ?? String(part)
        }
        // An edit is of a message with a number.
        return "slot " + (parts.first == "edit" ? ["edit", parts.last ?? ""] : parts).joined(separator: "/")
    }
}
