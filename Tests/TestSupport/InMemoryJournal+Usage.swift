public import Conversation

extension InMemoryJournal {
    /// One use, and where it belongs.
    private struct Use {
        var record: Record
        var turn: Turn
        var role: Role
        var agent: String?
        var part: UsagePart
    }

    /// What was used, added up record by record.
    public func usage(in scope: UsageScope, by grouping: UsageGrouping) async throws -> [UsagePart] {
        let records = records(in: scope)
        var uses = Self.uses(in: records)
        if case .turns(let count) = grouping {
            let recent = Set(records.filter(\.isStarted).suffix(count).compactMap(\.startedTurn?.id))
            uses.removeAll { !recent.contains($0.turn.id) }
        }
        var parts: [UsagePart] = []
        for use in uses {
            guard let key = Self.key(of: use, by: grouping) else { continue }
            if let index = parts.firstIndex(where: { $0.key == key }) {
                parts[index].add(use.part)
            } else {
                parts.append(UsagePart(key))
                parts[parts.count - 1].add(use.part)
            }
        }
        guard case .turns = grouping else { return parts }
        let started = records.compactMap(\.startedTurn?.id)
        return parts.sorted { one, other in
            guard case .turn(let first, _) = one.key, case .turn(let second, _) = other.key else { return false }
            return started.firstIndex(of: first) ?? 0 < started.firstIndex(of: second) ?? 0
        }
    }

    private func records(in scope: UsageScope) -> [Record] {
        switch scope {
        case .workspace:
            return records
        case .conversation(let session):
            let own = records.filter { $0.session == session }
            return Array(own.suffix(from: own.lastIndex { $0.event == .changed(.renewed) } ?? own.startIndex))
        }
    }

    private static func key(of use: Use, by grouping: UsageGrouping) -> UsagePart.Key? {
        switch grouping {
        case .turns: .turn(use.turn.id, text: use.turn.text)
        case .roles: .role(use.role)
        case .agents: .agent(use.agent)
        case .sessions: .session(use.record.session)
        case .days(let starts): starts.last { $0 <= use.record.time }.map { .day($0) }
        }
    }

    private static func uses(in records: [Record]) -> [Use] {
        var turns: [Turn.ID: Turn] = [:]
        var stages: [Turn.ID: [StageReport]] = [:]
        var lastStage: [Message.ID: StageReport] = [:]
        var uses: [Use] = []
        for record in records {
            switch record.event {
            case .started(let turn):
                turns[turn.id] = turn
            case .stage(let id, let report):
                guard let turn = turns[id] else { continue }
                stages[id, default: []].append(report)
                lastStage[turn.message] = report
                let part = UsagePart(
                    .role(report.role), tokens: report.usage, durationMs: report.durationMs, stages: 1,
                    unreadable: report.isReadable ? 0 : 1)
                uses.append(Use(record: record, turn: turn, role: report.role, agent: report.agent, part: part))
            case .finished(let id, let outcome):
                guard let turn = turns[id] else { continue }
                let last = lastStage[turn.message], done = stages[id] ?? []
                let role = last?.next ?? .developer
                let tokens = Usage(
                    inputTokens: max(0, outcome.usage.inputTokens - done.map(\.usage.inputTokens).reduce(0, +)),
                    outputTokens: max(0, outcome.usage.outputTokens - done.map(\.usage.outputTokens).reduce(0, +)))
                let part = UsagePart(
                    .role(role), tokens: tokens,
                    durationMs: max(0, outcome.durationMs - done.map(\.durationMs).reduce(0, +)), turns: 1,
                    stages: last == nil || last?.next != nil ? 1 : 0)
                uses.append(Use(record: record, turn: turn, role: role, agent: outcome.agent, part: part))
            case .accepted, .dropped, .steered, .unsteered, .stopping, .delta, .action, .approval, .changed, .shared,
                .notice, .revised, .deleted:
                break
            }
        }
        return uses
    }
}

extension StageReport {
    fileprivate var isReadable: Bool {
        switch product {
        case .route(let route): route.isReadable
        case .verdict(let verdict): verdict.isReadable
        case .plan, .answer: true
        }
    }
}

extension UsagePart {
    fileprivate mutating func add(_ part: UsagePart) {
        tokens.inputTokens += part.tokens.inputTokens
        tokens.outputTokens += part.tokens.outputTokens
        durationMs += part.durationMs
        turns += part.turns
        stages += part.stages
        unreadable += part.unreadable
    }
}
