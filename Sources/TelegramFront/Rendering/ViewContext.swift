import Conversation

/// What everything that is shown in one chat has in common.
struct ViewContext: Sendable {
    /// Where it is shown.
    var address: ChatAddress
    /// Stands before each key, so that two chats can show one session.
    var scope = ""
    /// Whose conversation is told of, where the keys name another; nil where they name it.
    var session: SessionID?
    /// After how many milliseconds of silence of an agent people are told, as is set at the moment.
    var silentAfter: @Sendable () -> Int64
    /// The message in this chat by which a message with this key was said; nil for what was said elsewhere.
    ///
    /// Has to answer alike each time, also after a restart.
    var placeOf: @Sendable (String) -> Int64?
    /// Whether a message with this key was said in this chat, also when it has no number there any more because the chat
    /// has got another one since; answers alike each time, too.
    var isHere: @Sendable (String) -> Bool
    /// Takes secrets out of a text.
    var redact: @Sendable (String) -> String

    /// Creates a context.
    init(
        at address: ChatAddress, scope: String = "", silentAfter: @escaping @Sendable () -> Int64 = { 300_000 },
        placeOf: @escaping @Sendable (String) -> Int64?, isHere: (@Sendable (String) -> Bool)? = nil,
        redact: @escaping @Sendable (String) -> String
    ) {
        (self.address, self.scope, self.silentAfter) = (address, scope, silentAfter)
        (self.placeOf, self.redact) = (placeOf, redact)
        self.isHere = isHere ?? { placeOf($0) != nil }
    }

    /// A message that stays silent and arrives for sure.
    func slot(_ key: String, _ content: SlotContent, replyTo: Int64? = nil) -> Slot {
        Slot(scope + key, at: address, content, replyTo: replyTo, session: session)
    }

    /// A message of which people hear, and which is never there twice.
    func loudSlot(_ key: String, _ content: SlotContent, replyTo: Int64? = nil) -> Slot {
        Slot(
            scope + key, at: address, content, delivery: .once, isLoud: true, replyTo: replyTo, session: session)
    }

    /// A message of which people have to hear: rather twice than never.
    func urgentSlot(_ key: String, _ content: SlotContent, replyTo: Int64? = nil) -> Slot {
        Slot(
            scope + key, at: address, content, delivery: .repeated, isLoud: true, replyTo: replyTo, session: session)
    }

    /// A text of agents or people without secrets, in one line.
    func line(_ text: String, _ characters: Int) -> String {
        // Secrets have to be whole to be found.
        redact(text).oneLine(characters)
    }

    /// Whether `message` was said in this chat.
    func isSaidHere(_ message: Message) -> Bool { message.key.map(isHere) ?? false }

    /// The message in this chat by which `message` was said; nil when that was elsewhere.
    func place(of message: Message) -> Int64? { message.key.flatMap(placeOf) }
}
