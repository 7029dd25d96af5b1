extension Hub {
    /// How many turns are told where others are not asked for, and how many where they are.
    private static let turnsInOverview = 5, turnsInList = 20
    private static let daysTold = 14

    /// What was used, for people: the total, tables, and in an overview the limits of the accounts.
    func usage(_ question: UsageQuestion, _ session: SessionID) async throws -> String {
        let scope = question.scope(in: session)
        let roles = try await journal.usage(in: scope, by: .roles)
        var lines = [roles.isEmpty ? "nothing was used yet" : Self.total(of: roles, in: scope)]
        let turns = question.topic == nil ? Self.turnsInOverview : Self.turnsInList
        for topic in question.topics where !roles.isEmpty {
            lines += ["", try await table(of: topic, in: scope, turns: turns).text]
        }
        guard question.topic == nil else { return lines.joined(separator: "\n") }
        let limits = await directory.statuses().flatMap { status in
            status.limits.map { "\(status.name) limit: \($0)" }
        }
        if !limits.isEmpty, !roles.isEmpty { lines.append("") }
        return (lines + limits).joined(separator: "\n")
    }

    private static func total(of parts: [UsagePart], in scope: UsageScope) -> String {
        let name =
            switch scope {
            case .conversation: "this conversation"
            case .workspace: "all sessions"
            }
        let turns = parts.map(\.turns).reduce(0, +), unreadable = parts.map(\.unreadable).reduce(0, +)
        let tokens = parts.map(\.tokens).reduce(Usage(), +), time = parts.map(\.durationMs).reduce(0, +)
        let remark = " · \(unreadable) unreadable \(unreadable == 1 ? "answer" : "answers")"
        return "\(name): \(turns) \(turns == 1 ? "turn" : "turns") in \(Elapsed(time)) · "
            + "\(ShortNumber(tokens.inputTokens)) tokens read, \(ShortNumber(tokens.outputTokens)) written"
            + (unreadable == 0 ? "" : remark)
    }

    private func table(of topic: UsageQuestion.Topic, in scope: UsageScope, turns: Int) async throws -> UsageTable {
        switch topic {
        case .turns:
            let parts = try await journal.usage(in: scope, by: .turns(last: turns))
            return UsageTable("last turns", named(parts))
        case .roles:
            let parts = named(try await journal.usage(in: scope, by: .roles))
            let order = Role.allCases.map(\.rawValue)
            return UsageTable("role", order.flatMap { role in parts.filter { $0.name == role } })
        case .agents:
            return UsageTable("agent", sorted(try await journal.usage(in: scope, by: .agents)))
        case .sessions:
            return UsageTable("session", sorted(try await journal.usage(in: scope, by: .sessions)))
        case .days:
            let days = UsageDays(Self.daysTold, until: configuration.now(), in: configuration.timeZone)
            let parts = try await journal.usage(in: scope, by: .days(days.starts))
            let lines = days.starts.map { start in
                let part = parts.first { $0.key == .day(start) } ?? UsagePart(.day(start))
                return (name: days.name(of: start), part: part)
            }
            return UsageTable("the last \(Self.daysTold) days", Array(lines.drop { $0.part.stages == 0 }))
        }
    }

    /// The greatest first; those that are alike by their names.
    private func sorted(_ parts: [UsagePart]) -> [UsageTable.Line] {
        func weight(_ part: UsagePart) -> (Int, Int64) {
            (part.tokens.inputTokens + part.tokens.outputTokens, part.durationMs)
        }
        return named(parts).sorted { one, other in
            weight(one.part) == weight(other.part) ? one.name < other.name : weight(one.part) > weight(other.part)
        }
    }

    private func named(_ parts: [UsagePart]) -> [UsageTable.Line] {
        parts.map { part in
            switch part.key {
            case .turn(_, let text): (configuration.redact(text), part)
            case .role(let role): (role.rawValue, part)
            case .agent(let name): (name ?? "no agent", part)
            case .session(let id): ("\(id)", part)
            case .day(let start): ("\(start.millisecondsSince1970)", part)
            }
        }
    }
}
