/// Who is let in, and where.
///
/// A value: settings and pairings make it, and nobody is let in by default.
public struct Access: Hashable, Sendable {
    /// What is done about somebody who wrote or pressed.
    public enum Verdict: Hashable, Sendable {
        case letIn
        /// In a private chat: told that they are not let in.
        case stranger
        /// Nothing at all.
        case ignored(Reason)
    }

    /// Why nothing is done.
    public enum Reason: String, Hashable, Sendable {
        /// Written in the name of a group or channel: nobody knows by whom.
        case anonymous
        /// Written by a bot.
        case bot
        /// A group that is not let in.
        case otherGroup = "another group"
        /// Somebody in a group who is not let in.
        case otherMember = "another member"
        /// Said in a group, and not to the bot.
        case notAddressed = "not addressed"
        /// No place where people talk to bots.
        case otherPlace = "another place"
    }

    /// The chat of `TELEGRAM_CHAT_ID`; a private one is its person's.
    public var chat: Int64?
    /// Who is named in the settings, in their order.
    public var users: [Int64]
    /// Who was let in by a code.
    public var pairedUsers: Set<Int64>
    /// The groups that were let in by a code.
    public var pairedChats: Set<Int64>
    /// What people may do who are let in, where it is not the usual; letting in is none of it.
    public var roles: [Int64: Role] = [:]
    /// The groups that have got another number: both numbers mean the same group.
    public var renamed = RenamedChats()

    /// What somebody may do who is let in.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// Sees what the owner sees, the conversations of others included.
        case admin
        /// Talks, and sees the own conversations; the usual.
        case member
        /// Looks at what commands tell, and starts, changes and answers nothing.
        case observer
    }

    /// Lets nobody in by default.
    public init(
        chat: Int64? = nil, users: [Int64] = [], pairedUsers: Set<Int64> = [], pairedChats: Set<Int64> = []
    ) {
        self.chat = chat
        self.users = users
        self.pairedUsers = pairedUsers
        self.pairedChats = pairedChats
    }

    /// Whom notifications and open questions go to: the person of the private chat, else the first of the users; nil for
    /// nobody.
    public var owner: Int64? {
        if let chat, chat > 0 { return chat }
        return users.first
    }

    /// What that person may do, as far as they are let in; the owner is the owner whatever the settings say.
    public func role(of user: Int64) -> Role { user == owner ? .admin : roles[user] ?? .member }

    /// Whether nobody is let in.
    public var isEmpty: Bool { owner == nil && pairedUsers.isEmpty }

    /// Whether that person is let in.
    public func admits(_ user: Int64) -> Bool {
        user == owner || users.contains(user) || pairedUsers.contains(user)
    }

    /// What is done about a person who says something, or presses a button, in `place`.
    ///
    /// Whether it is meant for the bot is not asked here.
    public func verdict(on user: BotUser, in place: BotChat) -> Verdict {
        guard !user.isBot || user.id == BotUser.anonymousAdministrator else { return .ignored(.bot) }
        guard user.id != BotUser.anonymousAdministrator else { return .ignored(.anonymous) }
        switch place.kind {
        case .private:
            return admits(user.id) ? .letIn : .stranger
        case .group, .supergroup:
            guard isLetIn(place.id) else { return .ignored(.otherGroup) }
            return admits(user.id) ? .letIn : .ignored(.otherMember)
        case .channel, .other:
            return .ignored(.otherPlace)
        }
    }

    /// Whether that group is let in, under whatever number.
    func isLetIn(_ group: Int64) -> Bool {
        let group = renamed.newest(of: group)
        return chat.map(renamed.newest) == group || pairedChats.contains { renamed.newest(of: $0) == group }
    }

    /// What is done about a message to the bot called `name`.
    public func verdict(on message: BotMessage, to name: BotName) -> Verdict {
        guard !message.isAnonymous, let user = message.from else { return .ignored(.anonymous) }
        let verdict = verdict(on: user, in: message.chat)
        guard verdict == .letIn, message.chat.isGroup, !name.isAddressed(by: message) else { return verdict }
        return .ignored(.notAddressed)
    }
}
