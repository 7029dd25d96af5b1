import BenchSupport

/// Our part of the time to the first delta: on the way to the agent, and from the agent.
///
/// A relay stands between the shell and the agent and notes when the message arrives there, and when it hands on the
/// bytes of the first delta. Neither the agent's time nor the relay's own is in the figures, the pipe is.
struct OwnShareMeasure {
    /// In the prompts, and nowhere else in what a shell says to its agent before the turn.
    private static let mark = "share of cm"

    let subject: Subject

    func take() async throws {
        guard subject.agent != .offline else { return Report.note("our share: all of it, there is no process") }
        let (relayed, log) = subject.relayed(inward: Self.mark, outward: subject.firstDelta)
        let turns = try await relayed.run { shell in
            let thread = try await shell.converse()
            var turns: [(asked: Int, first: Int)] = []
            for turn in 0...20 { turns.append(try await thread.answer(to: "\(Subject.paced) \(Self.mark) \(turn)")) }
            return turns
        }
        let moments = try Relay.moments(in: log)
        var inward: [Double] = [], outward: [Double] = []
        for turn in turns.dropFirst() {  // the first is the warm-up
            let during = turn.asked...turn.first
            guard let arrived = moments.inward.first(where: during.contains),
                let left = moments.outward.first(where: during.contains)
            else { throw Failure("the relay did not see the turn") }
            inward.append(Double(arrived - turn.asked) / 1e3)
            outward.append(Double(turn.first - left) / 1e3)
        }
        let fromAgent = ("our share: bytes of first delta to the event", outward)
        // A command is started for each turn: that is in the time to the first delta, and no message to an agent.
        let toAgent = ("our share: message to its bytes at the agent", inward)
        let both = ("our share: both ways", zip(inward, outward).map(+))
        for (name, values) in subject.agent == .command ? [fromAgent] : [toAgent, fromAgent, both] {
            Report.row(name, "µs", values)
        }
    }
}
