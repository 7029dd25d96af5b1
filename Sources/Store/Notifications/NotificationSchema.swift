/// The tables of notifications.
///
/// Times are milliseconds since 1970.
enum NotificationSchema {
    /// `notification_values` holds `change`, the last that is in use; `dropped`, how many nobody was told of; and
    /// `quiet`, until when only the urgent is told.
    static let first = """
        CREATE TABLE notifications (
            id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
            key TEXT NOT NULL,
            priority INTEGER NOT NULL,           -- 1 to 5, the most urgent first
            category TEXT NOT NULL,
            session TEXT,                        -- the one it speaks of
            is_told_in_session INTEGER NOT NULL, -- whether the events of that one tell it as well
            text TEXT NOT NULL,                  -- of the last time
            count INTEGER NOT NULL DEFAULT 1,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            change INTEGER NOT NULL,             -- grows with each row and each repeat
            is_told INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX notifications_by_key ON notifications (key, id);
        CREATE UNIQUE INDEX notifications_by_change ON notifications (change);
        CREATE INDEX notifications_by_time ON notifications (last_at) WHERE is_told;
        CREATE INDEX waiting_notifications ON notifications (priority, id) WHERE NOT is_told;
        CREATE TABLE notification_values (
            name TEXT PRIMARY KEY NOT NULL,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
