import Conversation
import Redaction

/// One line of the traces.
///
/// The names are those of the earlier system; `inputKind` is `text`, `command` or `steer`, and `status` that of a turn.
struct TraceLine: Encodable {
    let timestamp: String
    let runId: String
    let sessionId: String
    let mode: String
    let reviewRound: Int
    let reviewResult: Nullable<String>
    let inputKind: String
    let inputText: String
    let outputText: String
    let status: String
    let latencyMs: Int64
    let errorMessage: Nullable<String>

    /// The line for `note`, which names itself `run` when it was no turn.
    init(_ note: ExchangeNote, run: String, _ redactor: Redactor) {
        timestamp = note.time.iso8601
        runId = note.turn?.description ?? run
        sessionId = redactor.redact(note.session.rawValue).text
        mode = note.standing.mode.rawValue
        reviewRound = note.review?.rounds ?? 0
        reviewResult = Nullable(note.review?.result.rawValue)
        inputKind = note.kind.rawValue
        inputText = note.input.redacted(by: redactor)
        outputText = note.output.redacted(by: redactor)
        status = note.status.rawValue
        latencyMs = note.latency
        errorMessage = Nullable(note.error?.redacted(by: redactor))
    }
}
