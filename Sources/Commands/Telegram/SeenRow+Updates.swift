import Store
import TelegramFront

extension SeenRow {
    /// The people and the chats that `updates` tell of, each once, as it was told of last.
    static func rows(of updates: [BotUpdate.Kind]) -> [SeenRow] {
        var rows: [SeenRow] = []
        for update in updates.reversed() {
            if let user = update.person, !rows.contains(where: { $0.kind == .user && $0.id == user.id }) {
                rows.append(SeenRow(.user, id: user.id, name: user.shown))
            }
            if let chat = update.chat, !rows.contains(where: { $0.kind == .chat && $0.id == chat.id }) {
                let name = chat.title ?? (chat.kind == .private ? update.person?.shown : nil)
                rows.append(SeenRow(.chat, id: chat.id, type: chat.kind.rawValue, name: name ?? ""))
            }
        }
        return rows
    }
}
