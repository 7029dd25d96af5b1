import Conversation

/// A turn as JSON.
struct TurnForm: Codable, Sendable {
    var id: Int64
    var message: Int64
    var request: MessageForm
    var attempt: Int
    /// Missing when no stage was over before.
    var progress: [StageForm]?

    init(_ turn: Turn) {
        id = turn.id.rawValue
        message = turn.message.rawValue
        request = MessageForm(turn.request)
        attempt = turn.attempt
        progress = turn.progress.isEmpty ? nil : turn.progress.map(StageForm.init)
    }

    var turn: Turn {
        let waited = SessionState.Waiting(
            id: Message.ID(rawValue: message), message: request.message, attempt: attempt,
            progress: (progress ?? []).compactMap(\.report))
        return Turn(id: Turn.ID(rawValue: id), waited)
    }
}
