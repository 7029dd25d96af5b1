import Conversation

extension Access {
    /// Whether that person may be in `session`: anybody who is let in may be in the own ones, an admin in all.
    func admits(_ user: Int64, to session: SessionID) -> Bool {
        admits(user) && (session.person == user || role(of: user) == .admin)
    }

    /// Whether what happens in `session` may be shown in `chat`: to a person who is let in and may be in it, or to a group
    /// that is let in, under whatever number.
    func shows(_ session: SessionID, in chat: Int64) -> Bool {
        chat > 0 ? admits(chat, to: session) : isLetIn(chat)
    }

    /// Whether a button that `user` presses in `chat` may act in `session`.
    ///
    /// In a group all who are let in may press what is shown there; a private chat may show the session of somebody else.
    func admitsPress(by user: Int64, in chat: Int64, to session: SessionID) -> Bool {
        chat < 0 || admits(user, to: session)
    }
}
