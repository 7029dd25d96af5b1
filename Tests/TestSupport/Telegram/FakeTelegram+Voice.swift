import JSONRPC

extension FakeTelegram {
    /// Sends a voice message in the chat of `user` with the bot, and tells the bot; the number of the update.
    @discardableResult public func speak(from user: FakeUser) -> Int? {
        let chat = privateChat(with: user).id
        return desk.change { world in
            world.tell(
                "message",
                [
                    "message_id": .integer(world.nextMessageID(in: chat)), "date": .integer(Int(world.now)),
                    "chat": world.chats[chat]?.json ?? .null, "from": user.json,
                    "voice": ["file_id": "voice-1", "file_unique_id": "unique-voice-1", "duration": 3],
                ])
        }
    }
}
