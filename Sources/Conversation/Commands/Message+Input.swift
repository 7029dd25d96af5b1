extension Message {
    /// Whether it is for the agent when somebody types it, and no command about the conversation.
    ///
    /// Such a message may be handed in again under its key: it counts once.
    public var isForAgent: Bool {
        switch Input(text) {
        case .message: true
        case .command(let command, let arguments): command == .steer && !arguments.isEmpty
        case .mistyped: false
        }
    }

    /// The text that `/edit` is to open in the person's editor, perhaps empty; nil when it is something else.
    package var textToEdit: String? {
        if case .command(.edit, let arguments) = Input(text) { arguments.text } else { nil }
    }

    /// Whether it is the command that stops the running turn, and perhaps drops what waits.
    package var stopsTurn: Bool { if case .command(.cancel, _) = Input(text) { true } else { false } }
}
