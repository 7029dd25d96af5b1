import Conversation

/// A message from Telegram as the conversation takes it.
struct Heard: Hashable, Sendable {
    /// Where it was written, and where answers go.
    var address: ChatAddress
    /// The own conversation of its writer in that place.
    var home: SessionID
    /// The conversation that it belongs to: the own one, unless the chat is in another.
    var session: SessionID
    /// What is handed in.
    var message: Message
    /// The chat where it was written, by its number of then.
    var chat: Int64
    /// Its number within that chat.
    var number: Int64
    /// Its number where answers go; nil when the group has got another number since, where numbers mean other messages.
    var replyTo: Int64?
    /// The files that came with it, in order.
    var files: [SentFile]
    /// What came with it and is never taken.
    var refused: [SentFile.Refused]
    /// Who wrote it.
    var user: Int64
    /// Yes or no, where it says nothing else; nil for all else, and for what somebody else has written or came with a file.
    var bare: BareAnswer?
    /// The number of the message in ``chat`` that it answers; nil for none.
    var repliesTo: Int64?
    /// Whether it may be an answer to what an agent asks: words of the writer alone.
    var mayAnswer: Bool { isPlain && (bare != nil || repliesTo != nil) }
    private var isPlain: Bool

    /// The command that it is, without the slash and in lower case; nil for what goes to the agent.
    var command: String? { Self.command(in: message.text) }

    /// Whether it only looks: a command that tells something and changes nothing.
    var isLooking: Bool {
        let words = message.text.split(whereSeparator: \.isWhitespace)
        // Without a value these show what is chosen.
        if words.count == 1, ["mode", "agent", "attach"].contains(command) { return true }
        return command.map(Self.looking.contains) ?? false
    }

    /// The commands that tell something and change nothing.
    static let looking: Set<String> = [
        "start", "help", "status", "queue", "history", "last", "usage", "logs", "diff", "branches", "sessions",
    ]

    /// Whether it answers what an agent asks.
    var isAnswering: Bool { ["approve", "deny", "answer"].contains(command) }

    /// Whether it is a command that does something and is answered without waiting for anybody: its answer comes before
    /// what it leads to.
    var isSettledAtOnce: Bool {
        command.map { !Self.looking.contains($0) && !["steer", "file"].contains($0) } ?? false
    }

    /// The command at the beginning of `text`; nil where there is none that the conversation knows.
    static func command(in text: String) -> String? {
        guard text.first == "/" else { return nil }
        let word = text.prefix { !$0.isWhitespace && $0 != "@" }.lowercased()
        let name = String(word.dropFirst())
        let isKnown = SlashCommand.isForTerminal(name) || SlashCommand.completions.contains { $0.name == word }
        return isKnown ? name : nil
    }

    /// Takes a message of somebody who is let in; nil when nothing in it is meant for the bot or can be understood.
    ///
    /// Where the group has got another number, it goes on under the newest one in the conversation of the first one.
    init?(_ message: BotMessage, to name: BotName, in renamed: RenamedChats = RenamedChats()) {
        guard let user = message.from else { return nil }
        let parts = [message] + (message.others ?? [])
        guard let spoken = Self.words(of: message, to: name) else { return nil }
        files = parts.compactMap(SentFile.init(of:))
        refused = parts.compactMap(SentFile.refused(of:))
        guard !spoken.isEmpty || !files.isEmpty || !refused.isEmpty else { return nil }
        address = ChatAddress(chat: renamed.newest(of: message.chat.id), topic: message.topic)
        home = SessionID(
            in: ChatAddress(chat: renamed.original(of: message.chat.id), topic: message.topic), of: user.id)
        session = home
        (chat, number) = (message.chat.id, message.id)
        replyTo = address.chat == message.chat.id ? message.id : nil
        self.user = user.id
        isPlain =
            message.forwardOrigin == nil && message.albumID == nil && files.isEmpty && refused.isEmpty
            && spoken.first != "/"
        bare = isPlain ? BareAnswer(spoken) : nil
        repliesTo = message.repliesTo
        let text = message.forwardOrigin == nil || spoken.isEmpty ? spoken : Self.untrusted(spoken)
        self.message = Message(text: text, author: user.shown, origin: .telegram, sender: "telegram:\(name.id)")
        self.message.person = user.id
        // The message itself and not its update: one that Telegram tells again under another number is the same.
        self.message.key = "telegram:\(name.id):\(message.chat.id):\(message.id)"
    }

    /// What is said in `message` and those that belong to it; nil where that is not meant for the bot.
    static func words(of message: BotMessage, to name: BotName) -> String? {
        var words = "", joint = ""
        for part in [message] + (message.others ?? []) {
            // A further piece of a text is what it is, also where that looks like a name.
            let piece = part.id == message.id ? nil : part.text
            guard let spoken = piece ?? name.spoken(in: part.text ?? part.caption ?? "") else { return nil }
            guard !spoken.allSatisfy(\.isWhitespace) else { continue }
            words += joint + spoken
            joint = part.joint
        }
        return words
    }

    /// Has answers go where the group is now, if it has got another number since this was heard.
    mutating func move(in renamed: RenamedChats) {
        let newest = renamed.newest(of: chat)
        guard newest != address.chat else { return }
        address.chat = newest
        replyTo = newest == chat ? number : nil
    }

    /// The number of the message in `chat` whose key this is, handed in by `bot`; nil for any other key.
    static func number(of key: String, in chat: Int64, of bot: Int64) -> Int64? {
        place(of: key, of: bot).flatMap { $0.chat == chat ? $0.number : nil }
    }

    /// The chat and the number in it of the message whose key this is, handed in by `bot`; nil for any other key.
    static func place(of key: String, of bot: Int64) -> (chat: Int64, number: Int64)? {
        let prefix = "telegram:\(bot):"
        guard key.hasPrefix(prefix) else { return nil }
        let numbers = key.dropFirst(prefix.count).split(separator: ":", omittingEmptySubsequences: false).map {
            Int64($0)
        }
        guard numbers.count == 2, let chat = numbers[0], let number = numbers[1] else { return nil }
        return (chat, number)
    }

    /// What somebody else wrote, so that an agent does not take it for a wish.
    private static func untrusted(_ text: String) -> String {
        """
        \(AgentRemark.forwarded)

        \(text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(separator: "\n"))
        """
    }
}

extension SessionID {
    /// The conversation of a person at a place in Telegram.
    init(in address: ChatAddress, of user: Int64) {
        let place = [address.chat, address.topic, user].compactMap(\.self).map(String.init)
        self.init(rawValue: "tg:" + place.joined(separator: ":"))
    }
}
