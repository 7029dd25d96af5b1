import Conversation

/// Answers to what agents ask, in words or by a button: kept with their update first, and then given as long as whoever
/// gave them may.
extension Desk {
    /// Has `update` give this answer from now on, also after a crash; returns when that is on disk.
    func keep(_ answer: KeptAnswer, with update: inout KeptUpdate) async throws {
        var kept = update
        kept.answer = answer
        try await inbox.seal(kept, absorbing: [], of: api.botID)
        update = kept
    }

    /// Whether `user`, who is let in and no observer, may give `answer` in `chat` now: they may have lost the right since it
    /// was kept.
    func mayGive(_ answer: KeptAnswer, _ user: Int64, in chat: Int64) async throws -> Bool {
        try await guests.access().admitsPress(by: user, in: chat, to: answer.place)
    }

    /// What whoever lost the right is told; it may have counted before a crash.
    static func lost(_ answer: KeptAnswer) -> String { "you may no longer answer what is asked in \(answer.place)" }

    // MARK: Buttons

    /// What became of a press by `user` that answers a request, for whoever pressed.
    func answered(
        _ data: ButtonData, by person: Message, of user: Int64, in chat: Int64, _ update: inout KeptUpdate
    ) async throws -> String {
        if update.answer?.decision == nil, let answer = try await reading(of: data, by: user, in: chat) {
            try await keep(answer, with: &update)
        }
        let settled = "This is settled already."
        guard let answer = update.answer, let decision = answer.decision else { return settled }
        guard try await mayGive(answer, user, in: chat) else { return "No: \(Self.lost(answer))." }
        return switch try await core.answer(answer.id, decision, from: person, in: answer.place) {
        case .done: "Done"
        case .unknown: settled
        case .unfit(let reason): reason
        }
    }

    /// What a press answers of what is asked in the sessions that `user` may answer in `chat`; nil for nothing.
    private func reading(of data: ButtonData, by user: Int64, in chat: Int64) async throws -> KeptAnswer? {
        let access = try await guests.access()
        for session in watches.sessions(in: chat) where access.admitsPress(by: user, in: chat, to: session) {
            if let answer = try await reading(of: data, in: session) { return answer }
        }
        // What nobody hears in its own session is the owner's to answer.
        guard user == access.owner, let id = data.approval, let session = try await offered(id, chat) else {
            return nil
        }
        return try await reading(of: data, in: session)
    }

    private func reading(of data: ButtonData, in session: SessionID) async throws -> KeptAnswer? {
        for approval in try await core.openApprovals(of: session) {
            guard let (id, decision) = data.decision(on: approval.request), id == approval.id else { continue }
            return KeptAnswer(id, decision, in: session)
        }
        return nil
    }
}
