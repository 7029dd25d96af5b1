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

    /// Records and publishes something of the turn.
    func emit(_ event: Event) async throws { try await hub.append(event, to: state.id) }

    /// The end of what was said before this turn.
    func digest(items: Int = Digest.items) async throws -> Digest {
        let records = try await hub.journal.records(of: state.id, .lastTurns(items))
        return Digest(records.filter { $0.cursor.rawValue < turn.id.rawValue }, items: items)
    }
}
