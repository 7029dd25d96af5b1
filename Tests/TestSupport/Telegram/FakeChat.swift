/// A chat, as its members see it.
///
/// Two are equal when they are the same chat.
public struct FakeChat: Hashable, Sendable {
    /// The number that methods call it by.
    public let id: Int
    let desk: TelegramDesk

    /// Whether both are the same chat.
    public static func == (left: FakeChat, right: FakeChat) -> Bool { left.id == right.id }

    /// Feeds the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// What is to be seen now.
    public var transcript: Transcript {
        desk.read { $0.chats[id]?.transcript } ?? Transcript(title: "no such chat", messages: [])
    }

    /// What is to be seen now, for people to read.
    public var rendered: String { transcript.rendered }

    /// Lets people discuss a topic of its own; its number.
    public func addTopic(_ name: String) -> Int {
        desk.change { world in
            let topic = world.nextMessageID(in: id)
            world.chats[id]?.topics[topic] = name
            return topic
        }
    }

    /// Deletes a topic with all that is in it; the bot is not told.
    public func deleteTopic(_ topic: Int) {
        desk.change { world in
            world.chats[id]?.topics[topic] = nil
            for message in world.chats[id]?.messages ?? [] where message.topic == topic {
                world.chats[id]?[message: message.id] = nil
            }
        }
    }

    /// Lets the bot delete what others wrote.
    public func makeBotAdmin() { desk.change { $0.chats[id]?.botIsAdmin = true } }

    /// Waits until `isSeen` is true of what is to be seen, and returns that.
    ///
    /// Asked after each change, not all the time. Throws ``NeverHappened`` with the chat as it is after `timeout`.
    @discardableResult public func wait(
        for what: String = "what the test waits for", timeout: Duration = .seconds(20),
        until isSeen: (Transcript) throws -> Bool
    ) async throws -> Transcript {
        let seen = try await desk.bell.value(within: timeout) { () -> Transcript? in
            let transcript = transcript
            return try isSeen(transcript) ? transcript : nil
        }
        if let seen { return seen }
        throw NeverHappened(description: "not within \(timeout): \(what)\n\(transcript.rendered)")
    }

    /// Waits for a message of the bot that contains `text`, and returns the first such.
    @discardableResult public func waitForBot(
        saying text: String, timeout: Duration = .seconds(20)
    ) async throws -> ShownMessage {
        let seen = try await wait(for: "the bot says \(text)", timeout: timeout) { !$0.byBot(saying: text).isEmpty }
        guard let message = seen.byBot(saying: text).first else {
            throw NeverHappened(description: "the bot says \(text)")
        }
        return message
    }

    /// Waits for a message of the bot that has the button `label`, and returns the last such.
    @discardableResult public func waitForButton(
        _ label: String, timeout: Duration = .seconds(20)
    ) async throws -> ShownMessage {
        let seen = try await wait(for: "the button \(label)", timeout: timeout) { $0.last(with: label) != nil }
        guard let message = seen.last(with: label) else {
            throw NeverHappened(description: "the button \(label)")
        }
        return message
    }
}
