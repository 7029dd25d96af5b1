import Conversation
import TestSupport

extension BotRig {
    /// What the bot says in `chat` but for its welcome and the short words on ends.
    func said(in chat: FakeChat) -> [String] {
        chat.transcript.byBot.map(\.text).filter { !$0.hasPrefix("Ready") && !$0.hasPrefix("✅") }
    }

    /// Has `user`, else Ann, say in their own chat that it is to go to a session, and returns once that is answered.
    func attach(_ name: String, by user: FakeUser? = nil) async throws {
        let user = user ?? ann, chat = chat(user), before = chat.transcript.byBot.count
        telegram.say("/attach \(name)", from: user)
        try await chat.wait(for: "the answer to /attach \(name)") { $0.byBot.count > before }
    }
}

extension Hub {
    /// Has somebody at a terminal say `text` in `session`, and returns once it is answered.
    func say(_ text: String, in session: SessionID = .test) async throws {
        let events = try await events(of: session)
        _ = try await type(text, in: session)
        _ = await events.collect(turns: 1)
    }
}
