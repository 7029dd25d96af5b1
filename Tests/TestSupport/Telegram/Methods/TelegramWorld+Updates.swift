import JSONRPC

extension TelegramWorld {
    /// How a poll goes on.
    enum Poll: Sendable {
        case answered([JSONValue])
        case refused(APIFault)
        /// Keeps a seat, for this many seconds.
        case waits(seat: Int, seconds: Double)
    }

    /// Telegram's times for a poll that asks for the same again.
    private static let repeatSeconds = 3.0
    private static let rapidSeconds = 0.5

    /// Begins a poll, and in doing so confirms what is before its offset.
    mutating func beginPoll(
        _ parameters: CallParameters, caller: HTTPCaller, fault: TelegramFault?
    ) throws(APIFault) -> Poll {
        guard webhook.isEmpty else { return .refused(PollSeats.webhookConflict) }
        let offset = parameters.integer("offset") ?? 0
        var limit = min(max(1, parameters.integer("limit") ?? 100), 100)
        let longest = rules.longPollLimit / .seconds(1)
        var seconds = min(Double(max(0, parameters.integer("timeout") ?? 0)), longest)
        updates.allow(try parameters.structure("allowed_updates"))
        let least = rules.repeatedOffsetWait / .seconds(1)
        if least > 0 {
            let age = seats.note(offset, now: now) ?? .infinity
            if age < Self.repeatSeconds { seconds = max(seconds, least) }
            if age < Self.rapidSeconds { limit = 1 }
        }
        let found = take(from: offset, limit: limit, fault: fault)
        if !found.isEmpty || seconds == 0 { return .answered(found) }
        let (seat, waking) = seats.sit(caller, offset: offset, limit: limit)
        self.waking += waking
        return .waits(seat: seat, seconds: seconds)
    }

    /// Looks after a waiting poll was woken; `nil` when it has to wait on.
    mutating func resumePoll(_ seat: Int, isOver: Bool) -> Poll? {
        if seats.fate(of: seat) == .terminated {
            seats.leave(seat)
            return .refused(PollSeats.conflict)
        }
        guard webhook.isEmpty else {
            seats.leave(seat)
            return .refused(.conflict("terminated by setWebhook request"))
        }
        guard let place = seats.seat(seat) else { return .answered([]) }
        let found = updates.take(from: place.offset, limit: place.limit, now: now).map(\.json)
        guard !found.isEmpty || isOver else { return nil }
        seats.leave(seat)
        return .answered(found)
    }

    private mutating func take(from offset: Int, limit: Int, fault: TelegramFault?) -> [JSONValue] {
        var before: [UpdateQueue.Entry] = []
        switch fault {
        case .redelivered(let count):
            let ids = Set(updates.pendingIDs)
            before = updates.confirmed(count).filter { !ids.contains($0.id) }
        case .renumbered: updates.renumber(from: faults.randomUpdateID())
        case .unknownUpdate: updates.addUnknown(expiry: now + rules.updateLife / .seconds(1))
        default: break
        }
        let found = (before + updates.take(from: offset, limit: limit, now: now)).prefix(limit).map(\.json)
        return fault == .reordered ? found.reversed() : found
    }
}
