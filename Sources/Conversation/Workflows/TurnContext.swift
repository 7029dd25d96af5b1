/// What every step of a turn works with.
struct TurnContext: Sendable {
    let hub: Hub
    let turn: Turn
    /// The session when the turn started.
    let state: SessionState
    let control: TurnControl
    let configuration: HubConfiguration
    let profile: Profile

    /// Where agents work.
    var workingDirectory: String { profile.workingDirectory ?? configuration.workingDirectory }

    /// Whether the last answer came from an agent that can no longer be chosen, as in a conversation of another program.
    var lastAgentIsGone: Bool { state.last?.agent.map { !hub.agentNames.contains($0) } ?? false }

    /// Records and publishes something of the turn.
    func emit(_ event: Event) async throws { try await hub.append(event, to: state.id) }

    /// The end of what was said before this turn.
    func digest(items: Int = Digest.items) async throws -> Digest {
        let records = try await hub.journal.records(of: state.id, .lastTurns(items))
        // A crash may have cut off an earlier turn for the same message.
        let own = records.compactMap { record -> Turn.ID? in
            if case .started(let other) = record.event, other.message == turn.message { other.id } else { nil }
        }
        return Digest(records.filter { $0.cursor.rawValue < turn.id.rawValue && !$0.belongs(to: own) }, items: items)
    }
}

extension Record {
    /// Whether it is the start or the end of one of `turns`.
    fileprivate func belongs(to turns: [Turn.ID]) -> Bool {
        switch event {
        case .started(let turn): turns.contains(turn.id)
        case .finished(let turn, _): turns.contains(turn)
        case .accepted, .dropped, .steered, .unsteered, .stopping, .delta, .action, .approval, .stage, .changed,
            .shared,
            .notice, .revised, .deleted:
            false
        }
    }
}
