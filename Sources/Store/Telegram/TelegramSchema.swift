/// The tables of Telegram; all are for one bot at a time, known by its id, which is no secret.
///
/// Times are milliseconds since 1970.
enum TelegramSchema {
    static let first = bots + updates + slots + chats + pairings

    private static let bots = """
        CREATE TABLE telegram_bots (
            bot INTEGER PRIMARY KEY NOT NULL,
            next_update INTEGER,                 -- those before are kept; null before the first
            offset_at INTEGER,                   -- when it was noted
            welcomed_at INTEGER,
            commands TEXT                        -- tells whether the menu of commands is still the same
        ) STRICT;
        CREATE TABLE telegram_values (
            bot INTEGER NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (bot, name)
        ) STRICT, WITHOUT ROWID;

        """

    /// A row without a payload tells that an update came and was dealt with.
    ///
    /// The order is that of arrival: Telegram's numbers may begin anew.
    private static let updates = """
        CREATE TABLE telegram_updates (
            place INTEGER PRIMARY KEY NOT NULL,
            bot INTEGER NOT NULL,
            update_id INTEGER NOT NULL,
            arrived_at INTEGER NOT NULL,
            payload TEXT,                        -- JSON
            UNIQUE (bot, update_id)
        ) STRICT;
        CREATE INDEX open_telegram_updates ON telegram_updates (bot, place) WHERE payload IS NOT NULL;
        CREATE INDEX closed_telegram_updates ON telegram_updates (bot, arrived_at) WHERE payload IS NULL;

        """

    /// What was begun may be there already, so it is due only if a second one does no harm.
    private static let slots = """
        CREATE TABLE telegram_slots (
            place INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
            bot INTEGER NOT NULL,
            key TEXT NOT NULL,
            chat INTEGER NOT NULL,
            topic INTEGER,
            delivery TEXT NOT NULL,              -- filled or once
            priority INTEGER NOT NULL,
            wanted TEXT NOT NULL,                -- JSON, and the next one
            shown TEXT,
            stage TEXT NOT NULL,                 -- new, begun, placed or failed
            message_id INTEGER,                  -- the last one that was in the chat
            reason TEXT,                         -- why it failed
            is_loud INTEGER NOT NULL,
            reply_to INTEGER,
            session TEXT,                        -- whose conversation it shows
            updated_at INTEGER NOT NULL,
            is_due INTEGER NOT NULL GENERATED ALWAYS AS (
                CASE stage WHEN 'new' THEN 1 WHEN 'begun' THEN delivery = 'filled'
                    WHEN 'placed' THEN shown IS NOT wanted ELSE 0 END
            ) VIRTUAL,
            UNIQUE (bot, key)
        ) STRICT;
        CREATE INDEX due_telegram_slots ON telegram_slots (bot, chat, place) WHERE is_due;
        CREATE INDEX done_telegram_slots ON telegram_slots (bot, updated_at) WHERE NOT is_due;
        CREATE INDEX placed_telegram_slots ON telegram_slots (bot, chat, place) WHERE stage = 'placed';
        CREATE INDEX telegram_slots_of_session ON telegram_slots (session) WHERE session IS NOT NULL;

        """

    private static let chats = """
        CREATE TABLE telegram_holds (
            bot INTEGER NOT NULL,
            chat INTEGER NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (bot, chat)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE telegram_cursors (
            bot INTEGER NOT NULL,
            session TEXT NOT NULL,
            chat INTEGER NOT NULL,
            topic INTEGER NOT NULL,              -- 0 for none
            cursor INTEGER NOT NULL,             -- of the last event that became messages
            resume INTEGER NOT NULL,             -- behind which all messages can be made anew
            PRIMARY KEY (bot, session, chat, topic)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE telegram_renamed_chats (
            bot INTEGER NOT NULL,
            old INTEGER NOT NULL,
            new INTEGER NOT NULL,
            PRIMARY KEY (bot, old)
        ) STRICT, WITHOUT ROWID;

        """

    private static let pairings = """
        CREATE TABLE telegram_pairings (
            bot INTEGER NOT NULL,
            kind TEXT NOT NULL,                  -- user or chat
            id INTEGER NOT NULL,
            name TEXT NOT NULL,
            let_in_by TEXT NOT NULL,
            let_in_at INTEGER NOT NULL,
            PRIMARY KEY (bot, kind, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE telegram_codes (
            bot INTEGER PRIMARY KEY NOT NULL,
            hash TEXT NOT NULL,
            made_by TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0  -- wrong ones
        ) STRICT;
        """

    /// Who tries codes, who was heard lately, how a group was called at first, and what was begun when a program died.
    static let access = """
        CREATE TABLE telegram_tries (
            bot INTEGER NOT NULL,
            user INTEGER NOT NULL,
            wrong INTEGER NOT NULL,              -- tries of the code that is offered
            PRIMARY KEY (bot, user)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE telegram_codes ADD COLUMN tried_at INTEGER;
        CREATE TABLE telegram_seen (
            bot INTEGER NOT NULL,
            kind TEXT NOT NULL,                  -- user or chat
            id INTEGER NOT NULL,
            type TEXT NOT NULL,                  -- of a chat, in Telegram's words
            name TEXT NOT NULL,
            seen_at INTEGER NOT NULL,
            PRIMARY KEY (bot, kind, id)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE telegram_renamed_chats ADD COLUMN original INTEGER;
        UPDATE telegram_renamed_chats SET original = old;
        CREATE INDEX begun_telegram_slots ON telegram_slots (bot, place) WHERE stage = 'begun';
        """

    /// The chats that cannot be written to, and messages that are sent again when they may have arrived or not.
    ///
    /// From here on `telegram_slots.delivery` can also be `repeated`.
    static let delivery = """
        CREATE TABLE telegram_losses (
            bot INTEGER NOT NULL,
            chat INTEGER NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER NOT NULL,              -- when it is tried again
            PRIMARY KEY (bot, chat)
        ) STRICT, WITHOUT ROWID;
        DROP INDEX due_telegram_slots;
        DROP INDEX done_telegram_slots;
        ALTER TABLE telegram_slots DROP COLUMN is_due;
        ALTER TABLE telegram_slots ADD COLUMN is_due INTEGER NOT NULL GENERATED ALWAYS AS (
            CASE stage WHEN 'new' THEN 1 WHEN 'begun' THEN delivery <> 'once'
                WHEN 'placed' THEN shown IS NOT wanted ELSE 0 END
        ) VIRTUAL;
        CREATE INDEX due_telegram_slots ON telegram_slots (bot, chat, place) WHERE is_due;
        CREATE INDEX done_telegram_slots ON telegram_slots (bot, updated_at) WHERE NOT is_due;
        """

    /// By the number that a message has in its chat: what a reply answers.
    static let messages = """
        CREATE INDEX telegram_slots_by_message ON telegram_slots (bot, chat, message_id) WHERE stage = 'placed';
        """

    /// The last event of a session when its chat was taken to another one.
    static let leaving = """
        ALTER TABLE telegram_cursors ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0;
        """
}
