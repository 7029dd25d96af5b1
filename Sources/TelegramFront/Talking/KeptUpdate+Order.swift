import Conversation

extension KeptUpdate {
    /// When it is dealt with, as far as others are before it.
    enum Order: Hashable, Sendable {
        /// At once: it never waits behind anything.
        case atOnce
        /// At once, and nothing behind it before it is done: from then on a group has another number.
        case beforeAll
        /// In this conversation, where it has its turn.
        case inSession(SessionID, SessionQueues<KeptUpdate>.Pace)
    }

    /// Where it stands among others, for the bot called `name`, where groups have got other numbers.
    func order(to name: BotName, in renamed: RenamedChats) -> Order {
        let (message, isEdited): (BotMessage, Bool)
        switch kind {
        case .message(let new): (message, isEdited) = (new, false)
        case .edited(let old): (message, isEdited) = (old, true)
        case .pressed, .membership, .unknown: return .atOnce
        }
        guard message.renaming == nil else { return .beforeAll }
        let word = isEdited ? nil : command(to: name)
        // Under whatever number of the group: it is one conversation.
        let home = ChatAddress(chat: renamed.original(of: message.chat.id), topic: message.topic)
        let session = SessionID(in: home, of: message.from?.id ?? 0)
        // A text that may go on has to be in its place.
        if let word, Heard.isAhead(word), album != nil || !mayGoOn { return .inSession(session, .ahead) }
        // Its other messages are to come, some of them with files.
        guard album == nil else { return .inSession(session, .slow) }
        if let word, Heard.isPassing(word), !mayGoOn { return .inSession(session, .passing) }
        let takesFiles = word == nil || word == "steer"
        let isSlow = takesFiles && ([message] + (message.others ?? [])).contains { SentFile(of: $0) != nil }
        return .inSession(session, isSlow ? .slow : .steady)
    }

    /// The command that it is, to the bot called `name`; nil for all else.
    func command(to name: BotName) -> String? {
        guard case .message(let message) = kind, message.forwardOrigin == nil else { return nil }
        return Heard.words(of: message, to: name).flatMap(Heard.command)
    }
}

extension Heard {
    /// Whether a command is dealt with at once: one that stops something, or that an agent waits for, by its name.
    static func isAhead(_ command: String) -> Bool { ["cancel", "approve", "deny"].contains(command) }

    /// Whether a command does not wait for the files of messages before it: one that tells something, or that an agent
    /// waits for.
    static func isPassing(_ command: String) -> Bool { command == "answer" || looking.contains(command) }
}
