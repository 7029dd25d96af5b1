import Locking
import Settings
import Store
import TelegramFront

/// Who is let in to the bot of a workspace: those of the settings, and those who had a code.
struct WorkspaceGuests: Guests {
    /// The settings as they stand.
    let settings: Locked<Settings>
    let pairings: StoredPairings

    func access() async throws -> Access {
        let paired = try await pairings.paired()
        let settings = settings.withLock(\.self)
        var access = Access(
            chat: settings[.telegramChatID].map(Int64.init),
            users: settings[.telegramAllowedUsers].compactMap(Int64.init),
            pairedUsers: paired.users, pairedChats: paired.chats)
        access.renamed = paired.renamed
        access.roles = settings[.telegramRoles].reduce(into: [:]) { roles, text in
            let parts = text.split(separator: "=")
            guard let user = parts.first.flatMap({ Int64($0) }) else { return }
            roles[user] = parts.last.flatMap { Access.Role(rawValue: String($0)) }
        }
        return access
    }

    func redeem(_ text: String, of user: BotUser, in chat: BotChat) async throws -> Pairing? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let command = words.first?.lowercased(), ["/pair", "/start"].contains(command) else { return nil }
        guard words.count == 2, let code = PairingCode(String(words[1])) else {
            return command == "/pair" ? .refused("This is no code; cm pair makes one.") : nil
        }
        // Who is in needs no code, and spends none; it may be by this one: after a crash it is tried again.
        if try await access().verdict(on: user, in: chat) != .letIn {
            var guests = [PairingRow(.user, id: user.id, name: user.shown)]
            if chat.isGroup { guests.append(PairingRow(.chat, id: chat.id, name: chat.title ?? "")) }
            guard try await pairings.redeem(code, by: user.id, for: guests) == .letIn else {
                // Whoever guesses does not learn whether there is a code.
                return .refused("This code is not, or no longer, good; cm pair makes another one.")
            }
        }
        let place = chat.isGroup ? "You and this group are let in. Mention me" : "You are let in. Write to me"
        return .letIn("\(place), or send /help.")
    }
}
