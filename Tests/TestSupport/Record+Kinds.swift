public import Conversation

extension Record {
    /// Whether a message was accepted.
    public var isAccepted: Bool { if case .accepted = event { true } else { false } }
    /// Whether a message that waits was given another text.
    public var isRevised: Bool { if case .revised = event { true } else { false } }
    /// Whether a turn started.
    public var isStarted: Bool { startedTurn != nil }
    /// Whether a message was put into the running turn.
    public var isSteered: Bool { if case .steered = event { true } else { false } }
    /// Whether a message that was put into the running turn was refused.
    public var isUnsteered: Bool { if case .unsteered = event { true } else { false } }
    /// Whether a person wants the turn to end.
    public var isStopping: Bool { if case .stopping = event { true } else { false } }
    /// Whether the agent said more.
    public var isDelta: Bool { delta != nil }
    /// Whether a turn ended.
    public var isFinished: Bool { outcome != nil }

    /// The turn that started with this record.
    public var startedTurn: Turn? { if case .started(let turn) = event { turn } else { nil } }
    /// How the turn ended that ended with this record.
    public var outcome: Outcome? { if case .finished(_, let outcome) = event { outcome } else { nil } }
    /// What was remarked with this record.
    public var notice: Notice? { if case .notice(let notice) = event { notice } else { nil } }
    /// What the agent said with this record.
    public var delta: String? { if case .delta(_, let delta) = event { delta } else { nil } }
    /// What the agent wanted to be allowed with this record.
    public var approval: Approval? { if case .approval(_, let approval) = event { approval } else { nil } }
    /// What a stage came to with this record.
    public var stage: StageReport? { if case .stage(_, let report) = event { report } else { nil } }
    /// What the agent did with this record.
    public var action: Action? { if case .action(_, let action) = event { action } else { nil } }
}

extension AsyncStream<Record> {
    /// Reads up to and including the first record for which `isLast` is true, or to the end.
    public func collect(until isLast: (Record) -> Bool) async -> [Record] {
        var collected: [Record] = []
        for await record in self {
            collected.append(record)
            if isLast(record) { break }
        }
        return collected
    }

    /// Reads until `count` turns more have ended.
    public func collect(turns count: Int) async -> [Record] {
        var left = count
        return await collect { record in
            if record.isFinished { left -= 1 }
            return left == 0
        }
    }

    /// Reads to the end, which is the core's.
    public func collectAll() async -> [Record] { await collect { _ in false } }
}
