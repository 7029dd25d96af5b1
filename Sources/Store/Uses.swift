import Conversation
import GRDB

/// The table `uses`: what each stage used, and what was left of a turn at its end.
///
/// A part of the database of its own, so that sums need neither the JSON of stages nor their texts.
enum Uses {
    /// Times are milliseconds; `id` is the cursor of the event of the stage or of the turn's end.
    static let table = """
        CREATE TABLE uses (
            id INTEGER PRIMARY KEY NOT NULL,
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
            turn INTEGER NOT NULL,
            time INTEGER NOT NULL,
            role TEXT NOT NULL,
            agent TEXT,
            ends INTEGER NOT NULL,               -- 1 for the end of a turn, 0 for a stage before it
            stages INTEGER NOT NULL,             -- 0 at the end of a turn that had done all its stages
            input_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            duration INTEGER NOT NULL,
            unreadable INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX uses_of_session ON uses (session, turn);
        CREATE INDEX uses_by_time ON uses (time);
        CREATE INDEX turns_of_message ON turns (message);
        """

    /// Takes the stages that are over into the table.
    ///
    /// The migration runs it for all; when it has to change, the migration keeps a copy of this one.
    private static let ofStages = """
        INSERT INTO uses SELECT
            cursor, session, turn, time, detail ->> 'role', detail ->> 'agent', 0, 1, detail ->> 'inputTokens',
            detail ->> 'outputTokens', detail ->> 'durationMs', NOT coalesce(detail ->> 'isReadable', 1)
        FROM events WHERE kind = 'stage' AND turn IS NOT NULL AND cursor BETWEEN ? AND ?
        """

    /// Takes the ends of turns into the table, with what their stages have not used.
    ///
    /// The role is the one that was due after the last stage, which may be in a turn before that a crash ended. After
    /// such a crash the turn does not know what it used, but its stages do. Run for all by the migration, too.
    private static let ofEnds = """
        INSERT INTO uses SELECT
            ended.id, ended.session, ended.turn, ended.time, coalesce(stage.detail ->> 'next', 'developer'),
            ended.agent, 1, stage.cursor IS NULL OR stage.detail ->> 'next' IS NOT NULL,
            max(0, ended.input_tokens - ended.stage_input), max(0, ended.output_tokens - ended.stage_output),
            max(0, ended.duration - ended.stage_duration), 0
        FROM (
            SELECT
                finished.cursor AS id, finished.session, finished.turn, finished.time, turns.agent,
                turns.input_tokens, turns.output_tokens, turns.duration,
                coalesce(sum(uses.input_tokens), 0) AS stage_input,
                coalesce(sum(uses.output_tokens), 0) AS stage_output,
                coalesce(sum(uses.duration), 0) AS stage_duration,
                (SELECT max(cursor) FROM turns AS attempts JOIN events ON events.turn = attempts.id
                    WHERE attempts.message = turns.message AND kind = 'stage' AND cursor < finished.cursor) AS last_stage
            FROM events AS finished JOIN turns ON turns.id = finished.turn
                LEFT JOIN uses ON uses.session = finished.session AND uses.turn = finished.turn
            WHERE finished.kind = 'finished' AND finished.cursor BETWEEN ? AND ?
            GROUP BY finished.cursor
        ) AS ended LEFT JOIN events AS stage ON stage.cursor = ended.last_stage
        """

    /// What is taken from an event.
    enum Kind {
        case stage, end
    }

    /// Takes what the event at `cursor` tells into the table; without one, what all of them tell.
    static func take(_ kind: Kind, of cursor: Cursor? = nil, in database: GRDB.Database) throws {
        let sql =
            switch kind {
            case .stage: ofStages
            case .end: ofEnds
            }
        try database.execute(cached: sql, arguments: [cursor?.rawValue ?? 0, cursor?.rawValue ?? .max])
    }
}
