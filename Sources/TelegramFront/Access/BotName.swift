/// Who the bot is, for telling whether something is said to it.
public struct BotName: Hashable, Sendable {
    /// Its id.
    public var id: Int64
    /// Without `@`.
    public var username: String

    /// Creates a name.
    public init(id: Int64, username: String) {
        self.id = id
        self.username = username
    }

    /// Whether a message in a group is meant for the bot: a command, a reply to it, or its name in the text.
    func isAddressed(by message: BotMessage) -> Bool {
        if message.replyTo?.from?.id == id { return true }
        let text = message.text ?? message.caption ?? ""
        let entities = (message.text == nil ? message.captionEntities : message.entities) ?? []
        return entities.contains { entity in
            guard let marked = entity.marked(in: text) else { return false }
            switch entity.type {
            case "mention": return isNamed(marked.dropFirst())
            // A command of another bot names it.
            case "bot_command": return entity.offset == 0 && (commandTarget(of: marked).map(isNamed) ?? true)
            default: return false
            }
        }
    }

    /// What `text` says to the bot: without its name at the beginning, or behind the command.
    ///
    /// Nil for a command to another bot.
    func spoken(in text: String) -> String? {
        if text.first == "/" {
            let command = text.prefix { !$0.isWhitespace }
            guard let target = commandTarget(of: String(command)) else { return text }
            guard isNamed(target) else { return nil }
            return String(command.dropLast(target.count + 1)) + String(text[command.endIndex...])
        }
        guard text.first == "@", isNamed(text.dropFirst().prefix { !$0.isWhitespace && !",:".contains($0) }) else {
            return text
        }
        return String(text.dropFirst(username.count + 1).drop { $0.isWhitespace || ",:".contains($0) })
    }

    /// The bot that a command names; nil when it names none, or is no command.
    private func commandTarget(of command: String) -> Substring? {
        guard let at = command.firstIndex(of: "@"), command[..<at].dropFirst().allSatisfy(Self.isWordCharacter) else {
            return nil
        }
        let target = command[command.index(after: at)...]
        return !target.isEmpty && target.allSatisfy(Self.isWordCharacter) ? target : nil
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character == "_" || character.isASCII && (character.isLetter || character.isNumber)
    }

    private func isNamed(_ name: some StringProtocol) -> Bool { name.lowercased() == username.lowercased() }
}
