import Conversation

/// A message as JSON.
struct MessageForm: Codable, Sendable {
    var text: String
    var author: String
    /// `tty`, `script`, `telegram`, `mcp` or `system`.
    var origin: String
    var sender: String
    /// `read` or `all`; missing for none.
    var approvals: String?
    var key: String?

    init(_ message: Message) {
        text = message.text
        author = message.author
        origin = message.origin.rawValue
        sender = message.sender
        approvals = message.approvals == .none ? nil : message.approvals.rawValue
        key = message.key
    }

    /// The message; an origin of a newer version is taken for the system, a rule of one for none.
    var message: Message {
        var message = Message(
            text: text, author: author, origin: Message.Origin(rawValue: origin) ?? .system, sender: sender)
        message.approvals = approvals.flatMap(ApprovalRule.init(rawValue:)) ?? .none
        message.key = key
        return message
    }
}
