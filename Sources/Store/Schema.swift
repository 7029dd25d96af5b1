import GRDB

/// The tables, version by version.
///
/// A released migration never changes.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 conversation") { try $0.execute(sql: conversation) }
        migrator.registerMigration("2 approvals") { try $0.execute(sql: approvals) }
        migrator.registerMigration("3 grants") { try $0.execute(sql: grants) }
        migrator.registerMigration("4 plan") { try $0.execute(sql: plan) }
        migrator.registerMigration("5 usage") { database in
            try database.execute(sql: Uses.table)
            try Uses.take(.stage, in: database)
            try Uses.take(.end, in: database)
        }
        migrator.registerMigration("6 deletions") { try $0.execute(sql: deletions) }
        migrator.registerMigration("7 handing in") { try $0.execute(sql: handingIn) }
        migrator.registerMigration("8 telegram") { try $0.execute(sql: TelegramSchema.first) }
        migrator.registerMigration("9 revisions") { try $0.execute(sql: revisions) }
        migrator.registerMigration("10 telegram access") { try $0.execute(sql: TelegramSchema.access) }
        migrator.registerMigration("11 notifications") { try $0.execute(sql: NotificationSchema.first) }
        migrator.registerMigration("12 deleted sessions") { try $0.execute(sql: deletedSessions) }
        migrator.registerMigration("13 telegram delivery") { try $0.execute(sql: TelegramSchema.delivery) }
        migrator.registerMigration("14 telegram messages") { try $0.execute(sql: TelegramSchema.messages) }
        migrator.registerMigration("15 leaving sessions") { try $0.execute(sql: TelegramSchema.leaving) }
        return migrator
    }

    /// Times are milliseconds since 1970.
    ///
    /// Message and turn ids are the cursors of the events that made them. `turns.runs_again` is 2 when the turn was cut off
    /// in good order, which is no crash.
    private static let conversation = """
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY NOT NULL,
            mode TEXT NOT NULL,
            agent TEXT NOT NULL,
            renewed INTEGER NOT NULL DEFAULT 0,  -- cursor of the last /new
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE threads (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            agent TEXT NOT NULL,
            thread TEXT NOT NULL,
            PRIMARY KEY (session, agent)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY NOT NULL,
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            text TEXT NOT NULL,
            author TEXT NOT NULL,
            origin TEXT NOT NULL,
            sender TEXT NOT NULL,
            state TEXT NOT NULL,                 -- waiting, taken or dropped
            attempt INTEGER NOT NULL             -- of the turn that comes next, or was the last
        ) STRICT;
        CREATE INDEX waiting ON messages (session, id) WHERE state = 'waiting';
        CREATE TABLE turns (
            id INTEGER PRIMARY KEY NOT NULL,
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
            attempt INTEGER NOT NULL,
            started INTEGER NOT NULL,
            status TEXT,                         -- null while it runs; this column and the next with the end
            text TEXT NOT NULL DEFAULT '',
            duration INTEGER NOT NULL DEFAULT 0,
            input_tokens INTEGER NOT NULL DEFAULT 0,
            output_tokens INTEGER NOT NULL DEFAULT 0,
            error_kind TEXT,
            error_message TEXT,
            runs_again INTEGER NOT NULL DEFAULT 0,
            agent TEXT
        ) STRICT;
        CREATE INDEX open_turns ON turns (session) WHERE status IS NULL;
        CREATE INDEX turns_of_session ON turns (session, id);
        CREATE TABLE events (
            cursor INTEGER PRIMARY KEY NOT NULL,
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            turn INTEGER,
            message INTEGER,
            detail TEXT                          -- JSON of what is in no other table
        ) STRICT;
        CREATE INDEX events_of_session ON events (session, cursor);
        CREATE INDEX events_of_turn ON events (turn) WHERE turn IS NOT NULL;
        """

    /// An approval's id is the cursor of the event by which it was asked.
    ///
    /// From here on `messages.state` can also be `steered`: part of the turn of that event.
    private static let approvals = """
        CREATE TABLE approvals (
            id INTEGER PRIMARY KEY NOT NULL,
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            turn INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE,
            asked INTEGER NOT NULL,
            request TEXT NOT NULL,               -- JSON
            status TEXT NOT NULL,                -- asked, allowed or denied
            answer TEXT,                         -- JSON, null while nobody answered
            is_grant INTEGER NOT NULL DEFAULT 0, -- allowed when the agent could not hear it, and not used yet
            for_session INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX open_approvals ON approvals (session) WHERE status = 'asked' OR is_grant OR for_session;
        ALTER TABLE events ADD COLUMN approval INTEGER;
        """

    /// From here on the answer of a grant names its note, the message recorded right after it, and ends with its turn.
    ///
    /// `turns.said` is all that the agent said, null when that is `text`.
    private static let grants = """
        UPDATE approvals SET answer = json_set(answer, '$.note', (
            SELECT max(cursor) + 1 FROM events WHERE events.approval = approvals.id)) WHERE is_grant;
        UPDATE approvals SET is_grant = 0 WHERE is_grant AND answer ->> 'note' NOT IN (
            SELECT id FROM messages WHERE state = 'waiting' UNION SELECT message FROM turns WHERE status IS NULL);
        ALTER TABLE turns ADD COLUMN said TEXT;
        """

    /// From here on `sessions.mode` and `profile` are empty where nobody chose.
    private static let plan = """
        UPDATE sessions SET mode = '';
        ALTER TABLE sessions ADD COLUMN profile TEXT NOT NULL DEFAULT '';
        CREATE TABLE profile_threads (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            profile TEXT NOT NULL,
            agent TEXT NOT NULL,
            thread TEXT NOT NULL,
            PRIMARY KEY (session, profile, agent)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO profile_threads SELECT session, 'default', agent, thread FROM threads;
        DROP TABLE threads;
        ALTER TABLE profile_threads RENAME TO threads;
        ALTER TABLE turns ADD COLUMN review_rounds INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE turns ADD COLUMN review_result TEXT;
        """

    /// The cursors that deletions of sessions have taken, so that none is used again.
    private static let deletions = """
        CREATE TABLE deletions (cursor INTEGER NOT NULL) STRICT;
        """

    /// Which session a deletion was of, for readers that come again; null for those of earlier versions.
    private static let deletedSessions = """
        ALTER TABLE deletions ADD COLUMN session TEXT;
        CREATE INDEX deletions_of_session ON deletions (session, cursor) WHERE session IS NOT NULL;
        """

    /// What a message's turn may do without asking, and what names the act of handing it in.
    private static let handingIn = """
        ALTER TABLE messages ADD COLUMN approve TEXT NOT NULL DEFAULT 'none';
        ALTER TABLE messages ADD COLUMN key TEXT;
        CREATE INDEX keyed ON messages (session, id) WHERE key IS NOT NULL;
        """

    /// What a message said last, where it was changed while it waited; `text` stays as it was accepted.
    private static let revisions = """
        ALTER TABLE messages ADD COLUMN revised TEXT;
        """
}
