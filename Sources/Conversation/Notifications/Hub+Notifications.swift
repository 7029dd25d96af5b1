import Logging

extension Hub: NotificationDoor {
    /// How long a look at the wall clock holds while there is quiet.
    private static let longestSleep: Int64 = 300_000

    /// Tells people, now or when they are there; on disk when it returns.
    public func notify(_ announcement: Announcement) async throws {
        let announcement = announcement.fit(configuration.redact)
        guard let ledger = configuration.notifications else { return try await publish(announcement) }
        let kept: KeptAnnouncement, isQuiet: Bool
        do {
            kept = try await ledger.keep(announcement, at: configuration.now())
            isQuiet = try await ledger.standing().isQuiet(at: configuration.now())
        } catch {
            logger.error("a notification could not be kept", metadata: ["error": "\(error)"])
            throw HubError(code: .notStored, description: "a notification could not be stored: \(error)")
        }
        let isFollowed = announcing.wakeReaders()
        // What repeats is counted where it was told.
        guard kept.count == 1 else { return }
        do {
            try await tellAtOnce(kept, through: ledger, isQuiet: isQuiet, isFollowed: isFollowed)
        } catch {
            // It is on disk: the next core tells it, or this one when something else rings.
            logger.warning("a notification waits", metadata: ["error": "\(error)"])
        }
    }

    private func tellAtOnce(
        _ kept: KeptAnnouncement, through ledger: any NotificationLedger, isQuiet: Bool, isFollowed: Bool
    ) async throws {
        guard !isQuiet || kept.announcement.priority == .critical else {
            // Otherwise it waits.
            if isFollowed { announcing.hold(kept.announcement) }
            return
        }
        guard !isFollowed, isAnybodyThere else { return try await publish(kept.announcement) }
        guard announcing.claim(kept.id) else { return }
        defer { announcing.release([kept.id]) }
        try await publish(kept.announcement)
        try await ledger.noteTold([kept.id], dropped: 0)
    }

    /// An element whenever there may be something new for who brings notifications to people that are not attached.
    public func notificationChanges() -> AsyncStream<Void> { announcing.follow() }

    /// Says `announcement` as soon as it can be kept: for steps that cannot wait for that.
    func notifyLater(_ announcement: Announcement) {
        guard configuration.notifications != nil else { return }
        announcing.later.append(announcement)
        announcing.ring.yield()
    }

    /// Tells what waits to whoever is there, and what quiet has held back; returns when cancelled.
    func tellWhatWaits() async {
        await withDiscardingTaskGroup { group in
            var sleepsUntil: Timestamp?
            for await _ in announcing.bell {
                guard let ledger = configuration.notifications else { continue }
                do {
                    await keepLater()
                    let standing = try await ledger.standing(), now = configuration.now()
                    if let end = standing.quietUntil, end > now, sleepsUntil != end {
                        sleepsUntil = end
                        group.addTask { await self.ring(at: end) }
                    }
                    try await tell(standing, through: ledger, at: now)
                } catch is HubError {
                    continue  // closed, or told already
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("notifications cannot be read", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Keeps what could not wait for it before; what cannot be kept now is tried when something else rings.
    private func keepLater() async {
        for announcement in announcing.takeLater() {
            do { try await notify(announcement) } catch { announcing.later.append(announcement) }
        }
    }

    private func tell(
        _ standing: NotificationStanding, through ledger: any NotificationLedger, at now: Timestamp
    ) async throws {
        let isQuiet = standing.isQuiet(at: now)
        if !isQuiet { for announcement in announcing.takeHeld() { try await publish(announcement) } }
        guard !announcing.wakeReaders(), isAnybodyThere else { return }
        let due = standing.waiting.filter { !isQuiet || $0.announcement.priority == .critical }
        let dropped = isQuiet ? 0 : standing.dropped
        guard !due.isEmpty || dropped > 0 else { return }
        // All at once: whoever else tells one meanwhile has taken it before, or finds it taken.
        let mine = due.filter { announcing.claim($0.id) }
        defer { announcing.release(mine.map(\.id)) }
        for kept in mine { try await publish(kept.announcement, onlyAtTerminals: true) }
        if dropped > 0 { try await tell(Notice(.info, Self.remark(onDropped: dropped))) }
        try await ledger.noteTold(mine.map(\.id), dropped: dropped)
    }

    private static func remark(onDropped count: Int) -> String {
        "\(count) older \(count == 1 ? "notification" : "notifications") of low priority "
            + "\(count == 1 ? "was" : "were") dropped while nobody was there"
    }

    /// Rings once `end` has come, by the wall clock.
    private func ring(at end: Timestamp) async {
        while true {
            let left = end.milliseconds(since: configuration.now())
            guard left > 0 else { return ringForWaiting() }
            do {
                try await configuration.clock.sleep(for: .milliseconds(min(left, Self.longestSleep)))
            } catch {
                return  // cancelled
            }
        }
    }

    private func ringForWaiting() { announcing.ring.yield() }

    /// Whether a terminal is attached.
    private var isAnybodyThere: Bool { !terminals.isEmpty }

    /// The sessions at terminals; what is followed for a chat is told there by whoever follows notifications.
    private var terminals: [SessionID] {
        subscribers.sessions.filter { !$0.rawValue.hasPrefix("tg:") && subscribers.hasTerminal(in: $0) }
    }

    private func publish(_ announcement: Announcement, onlyAtTerminals: Bool = false) async throws {
        guard announcement.priority != .debug || configuration.tellsDebug else { return }
        for session in onlyAtTerminals ? terminals : subscribers.sessions
        where !(announcement.isToldInSession && session == announcement.session) {
            try await append(.notice(Notice(announcement)), to: session)
        }
    }
}

extension NotificationStanding {
    /// Whether only the urgent is told.
    public func isQuiet(at now: Timestamp) -> Bool { quietUntil.map { $0 > now } ?? false }
}
