public import JSONRPC

extension FakeTelegram {
    /// Writes a message, as a person does, and tells the bot.
    ///
    /// Commands, mentions and addresses in the text are found as Telegram finds them. In a channel, the channel writes.
    ///
    /// - Parameters:
    ///   - topic: Where there are topics; `nil` for the general one.
    ///   - replyTo: The message that is answered.
    ///   - forwardedFrom: Whose message is passed on.
    ///   - isAnonymous: Whether the group writes, as for administrators who hide.
    ///   - file: A document or photo; the text is its caption then.
    ///   - album: What names the album that it is a part of.
    @discardableResult public func say(
        _ text: String, from user: FakeUser, in chat: FakeChat, topic: Int? = nil, replyTo: Int? = nil,
        forwardedFrom: FakeUser? = nil, isAnonymous: Bool = false, file: ShownFile? = nil, album: String? = nil
    ) -> Said {
        desk.change { world in
            var message = ShownMessage(
                id: world.nextMessageID(in: chat.id), sender: isAnonymous ? .anonymousAdmin : user, isByBot: false,
                text: text, date: Int(world.now))
            message.entities = FoundEntities.find(in: text)
            message.senderChat = isAnonymous ? chat.id : nil
            message.topic = topic
            message.replyTo = replyTo
            message.forwardedFrom = forwardedFrom
            message.file = file.map { world.keep($0) }
            message.album = album
            let isChannel = world.chats[chat.id]?.kind == .channel
            if isChannel { (message.sender, message.senderChat) = (nil, chat.id) }
            let json = world.show(message, in: chat.id)
            guard world.isToldToBot(message, in: chat.id) else { return Said(message: message.id, update: nil) }
            return Said(message: message.id, update: world.tell(isChannel ? "channel_post" : "message", json))
        }
    }

    /// Says the same in the chat of `user` with the bot.
    @discardableResult public func say(
        _ text: String, from user: FakeUser, file: ShownFile? = nil, album: String? = nil
    ) -> Said {
        say(text, from: user, in: privateChat(with: user), file: file, album: album)
    }

    /// Changes what a person wrote, and the file of it where another one is given, and tells the bot; the update's number.
    @discardableResult public func edit(
        _ message: Int, in chat: FakeChat, to text: String, file: ShownFile? = nil
    ) -> Int? {
        desk.change { world in
            guard var changed = world.chats[chat.id]?[message: message], !changed.isByBot else { return nil }
            changed.text = text
            if let file { changed.file = world.keep(file) }
            changed.entities = FoundEntities.find(in: text)
            changed.edits += 1
            changed.editDate = Int(world.now)
            let json = world.show(changed, in: chat.id)
            let isChannel = world.chats[chat.id]?.kind == .channel
            return world.tell(isChannel ? "edited_channel_post" : "edited_message", json)
        }
    }

    /// Deletes a message, of which a bot is never told.
    public func delete(_ message: Int, in chat: FakeChat) {
        desk.change { $0.chats[chat.id]?[message: message] = nil }
    }

    /// Presses the button with this label, or else this data, and tells the bot; the number of the press.
    ///
    /// Throws ``NeverHappened`` with the chat when there is no such button.
    @discardableResult public func press(
        _ labelOrData: String, on message: Int, in chat: FakeChat, by user: FakeUser
    ) throws -> String {
        let button = chat.transcript[message]?.button(labelOrData)
        guard let data = button?.data else {
            throw NeverHappened(
                description: "no button \(labelOrData) to press on #\(message)\n\(chat.transcript.rendered)")
        }
        return press(forged: data, on: message, in: chat, by: user)
    }

    /// Tells the bot that a button with this data was pressed, whether there is one or not; the number of the press.
    @discardableResult public func press(
        forged data: String, on message: Int, in chat: FakeChat, by user: FakeUser
    ) -> String {
        desk.change { world in
            world.lastCallbackID += 1
            let id = "\(world.lastCallbackID)"
            world.callbacks[id] = CallbackQuery(message: message, chat: chat.id, time: world.now)
            let shown = world.chats[chat.id].flatMap { state in
                state[message: message].map { MessageJSON.json(of: $0, in: state) }
            }
            // What is known of a message that has gone.
            let gone: JSONValue = [
                "message_id": .integer(message), "date": 0, "chat": world.chats[chat.id]?.json ?? .null,
            ]
            world.tell(
                "callback_query",
                [
                    "id": .string(id), "from": user.json, "message": shown ?? gone,
                    "chat_instance": .string("\(chat.id)"), "data": .string(data),
                ], life: world.rules.callbackLife)
            return id
        }
    }

    /// Tells the bot anything; the number of the update, or `nil` when the bot did not ask for such.
    @discardableResult public func tell(_ type: String, _ payload: JSONValue) -> Int? {
        desk.change { $0.tell(type, payload) }
    }
}

extension TelegramWorld {
    /// Whether the bot gets what a person wrote, which depends on its rights in groups.
    fileprivate func isToldToBot(_ message: ShownMessage, in chat: Int) -> Bool {
        guard let state = chats[chat], state.access == .open else { return false }
        guard rules.hidesGroupTalk, state.isGroup else { return true }
        let isAnswer = message.replyTo.flatMap { state[message: $0] }?.isByBot ?? false
        let isMention = message.parts("mention").contains { $0.dropFirst().lowercased() == bot.username?.lowercased() }
        return isAnswer || isMention || !message.parts("bot_command").isEmpty
    }
}
