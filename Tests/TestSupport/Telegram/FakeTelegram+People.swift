import JSONRPC

extension FakeTelegram {
    /// Somebody new, who has not talked to the bot.
    public func addUser(_ name: String, username: String? = nil) -> FakeUser {
        desk.change { $0.addUser(name, username: username) }
    }

    /// The chat of `user` with the bot, which the user has started.
    public func privateChat(with user: FakeUser) -> FakeChat {
        let isThere = desk.read { $0.chats[user.id] != nil }
        return isThere ? FakeChat(id: user.id, desk: desk) : add(.personal(user), user.name)
    }

    /// A small group, which can become a supergroup.
    public func addGroup(_ title: String) -> FakeChat { add(.group, title) }

    /// A large group, with topics or without.
    public func addSupergroup(_ title: String, isForum: Bool = false, username: String? = nil) -> FakeChat {
        add(.supergroup(isForum: isForum), title, username)
    }

    /// A channel in which the bot may write.
    public func addChannel(_ title: String, username: String? = nil) -> FakeChat { add(.channel, title, username) }

    private func add(_ kind: ChatState.Kind, _ title: String, _ username: String? = nil) -> FakeChat {
        FakeChat(id: desk.change { $0.addChat(kind, title: title, username: username) }, desk: desk)
    }

    /// Makes the supergroup that `group` becomes, of which the bot is told in both.
    public func migrate(_ group: FakeChat) -> FakeChat {
        let id = desk.change { world -> Int in
            let title = world.chats[group.id]?.title ?? ""
            let id = world.addChat(.supergroup(isForum: false), title: title)
            world.tellService("migrate_to_chat_id", id, in: group.id)
            world.chats[group.id]?.migratedTo = id
            world.tellService("migrate_from_chat_id", group.id, in: id)
            return id
        }
        return FakeChat(id: id, desk: desk)
    }

    /// Throws the bot out of a group, or blocks it in a private chat; the bot is told.
    @discardableResult public func removeBot(from chat: FakeChat, by user: FakeUser) -> Int? {
        desk.change { $0.setMembership(of: chat.id, isMember: false, by: user) }
    }

    /// Lets the bot in, or in again; the bot is told.
    @discardableResult public func addBot(to chat: FakeChat, by user: FakeUser) -> Int? {
        desk.change { $0.setMembership(of: chat.id, isMember: true, by: user) }
    }
}

extension TelegramWorld {
    fileprivate mutating func tellService(_ service: String, _ other: Int, in chat: Int) {
        var message = ShownMessage(
            id: nextMessageID(in: chat), sender: .anonymousAdmin, isByBot: false, text: "", date: Int(now))
        message.service = service
        message.serviceChat = other
        tell("message", show(message, in: chat))
    }

    fileprivate mutating func setMembership(of chat: Int, isMember: Bool, by user: FakeUser) -> Int? {
        guard let state = chats[chat] else { return nil }
        let isPersonal = if case .personal = state.kind { true } else { false }
        chats[chat]?.access = isMember ? .open : isPersonal ? .blocked : .kicked
        let outside = state.access == .left ? "left" : "kicked"
        let (old, new) = isMember ? (outside, "member") : ("member", "kicked")
        return tell(
            "my_chat_member",
            [
                "chat": state.json, "from": user.json, "date": .integer(Int(now)),
                "old_chat_member": ["user": bot.json, "status": .string(old)],
                "new_chat_member": ["user": bot.json, "status": .string(new), "until_date": 0],
            ])
    }
}
