/// A chat as a user sees it now, oldest first, without what was deleted.
public struct Transcript: Hashable, Sendable {
    /// The name of the chat.
    public var title: String
    /// What is to be seen.
    public var messages: [ShownMessage]

    /// What the bot under test wrote.
    public var byBot: [ShownMessage] { messages.filter(\.isByBot) }

    /// The last that the bot under test wrote.
    public var lastByBot: ShownMessage? { messages.last(where: \.isByBot) }

    /// The message with this number.
    public subscript(id: Int) -> ShownMessage? { messages.first { $0.id == id } }

    /// What stands in one topic; `nil` for the general one.
    public func topic(_ topic: Int?) -> [ShownMessage] { messages.filter { $0.topic == topic } }

    /// The bot's messages whose text contains `text`.
    public func byBot(saying text: String) -> [ShownMessage] { byBot.filter { $0.text.contains(text) } }

    /// The bot's last message that has the button `label`.
    func last(with label: String) -> ShownMessage? { byBot.last { $0.button(label) != nil } }

    /// All of it for people to read.
    public var rendered: String {
        (["── \(title)"] + messages.map(\.rendered)).joined(separator: "\n")
    }
}
