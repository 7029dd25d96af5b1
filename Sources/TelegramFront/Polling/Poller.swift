import Logging

/// Asks Telegram for updates, and hands them on when they are kept.
///
/// Telegram forgets what comes before the offset of a poll: so each poll begins when the updates of the one before are
/// on disk. They are dealt with meanwhile.
struct Poller: Sendable {
    /// How it polls.
    struct Options: Sendable {
        /// How long Telegram waits for something to tell, in whole seconds; 50 at most.
        var timeout = 50
        /// Whether a webhook, which excludes polling, is taken away first, and whenever one is in the way.
        var deletesWebhook = true
        /// Whether what was said before the start is forgotten: by Telegram when a webhook is taken away, else here.
        var dropsPending = false
        /// Whether what was said before the start is kept as dealt with.
        var ignoresPending = false
    }

    let api: BotAPI
    let inbox: any UpdateInbox
    let notes: any BotNotes
    let options: Options
    let clock: any Clock<Duration>
    /// Milliseconds since 1970.
    let now: @Sendable () -> Int64
    let logger: Logger
    /// Told about trouble and its end; returns whether people have got to know of it.
    let remark: @Sendable (PollRemark) async -> Bool
    /// Told about updates that were not known, in order, and after the first poll that went well, with whatever it brought.
    let arrived: @Sendable ([KeptUpdate]) async -> Void

    /// Polls until the task is cancelled, which throws, or Telegram does not know the token, whose reason is returned.
    ///
    /// Throws what the inbox throws: what cannot be kept must not be confirmed.
    func run() async throws -> String {
        var state = PollState(deletesWebhook: options.deletesWebhook, drops: options.dropsPending)
        var isSkipping = options.ignoresPending || options.dropsPending && !options.deletesWebhook
        var kept = try await notes.note(PollHold.name, of: api.botID).flatMap(PollHold.init)
        if let hold = kept { try await tell(state.resume(hold, at: now()), &state, &kept) }
        // The first one does not wait, so that it is soon known whether there is a way.
        var isFirst = true
        while true {
            switch state.next() {
            case .pause(let pause):
                try await clock.sleep(for: pause)
            case .end(.unauthorized(let reason)):
                return reason
            case .end(.stopped):
                return "stopped"
            case .deleteWebhook(let drops):
                // What Telegram has not forgotten is left alone when it tells it.
                if try await !deleteWebhook(drops: drops, &state, &kept) { isSkipping = isSkipping || drops }
            case .poll(let anew):
                do {
                    let updates = try await poll(anew: anew, timeout: isSkipping || isFirst ? 0 : options.timeout)
                    guard !updates.readable.isEmpty || updates.unreadable == 0 else {
                        throw BotError(.server, "Telegram told nothing that can be read")
                    }
                    isFirst = false
                    try await tell(state.succeeded(at: now()), &state, &kept)
                    let new = try await keep(updates, ignored: isSkipping)
                    if isSkipping {
                        isSkipping = !updates.readable.isEmpty
                        logger.notice("ignored what was sent before the start", metadata: ["updates": "\(new.count)"])
                    }
                    await arrived(isSkipping ? [] : new)
                } catch let error as BotError {
                    logger.debug("a poll has failed", metadata: ["error": "\(error)"])
                    try await tell(state.failed(error, at: now(), chance: .random(in: 0..<1)), &state, &kept)
                }
            }
        }
    }

    /// Tries to take the webhook away; false when that is over and it may still be there.
    private func deleteWebhook(
        drops: Bool, _ state: inout PollState, _ kept: inout PollHold?
    ) async throws -> Bool {
        do {
            _ = try await api.call(DeleteWebhook(drop_pending_updates: drops))
            state.webhookDeleted()
            return true
        } catch let error as BotError {
            // Not a reason to give up: the poll tells whether there still is one.
            logger.warning("could not take a webhook away", metadata: ["error": "\(error)"])
            try await tell(state.webhookNotDeleted(error, at: now()), &state, &kept)
            return error.isFlood
        }
    }

    /// Keeps what `state` says now, and then tells `told`; of a pause it is kept as well that it was told.
    private func tell(_ told: PollRemark?, _ state: inout PollState, _ kept: inout PollHold?) async throws {
        try await keep(state.hold, inPlaceOf: &kept)
        guard let told else { return }
        let isKnown = await remark(told)
        guard isKnown, case .held = told else { return }
        state.holdTold()
        try await keep(state.hold, inPlaceOf: &kept)
    }

    /// Notes in which time Telegram lets nothing be asked, for the next one to run as well.
    private func keep(_ hold: PollHold?, inPlaceOf kept: inout PollHold?) async throws {
        guard hold != kept else { return }
        try await notes.write(hold?.text, as: PollHold.name, of: api.botID)
        kept = hold
    }

    private func poll(anew: Bool, timeout: Int) async throws -> BotUpdates {
        let method = GetUpdates(offset: try await inbox.offset(of: api.botID), timeout: timeout)
        try await inbox.sync()
        // The server may wait that long, and the way there and back takes its time.
        return try await api.call(method, patience: .seconds(timeout + 15), anew: anew)
    }

    private func keep(_ updates: BotUpdates, ignored: Bool) async throws -> [KeptUpdate] {
        if updates.unreadable > 0 {
            logger.warning("left out updates that nobody can read", metadata: ["count": "\(updates.unreadable)"])
        }
        guard let last = updates.readable.map(\.id).max() else { return [] }
        let arrivedAt = now()
        let kept = updates.readable.sorted { $0.id < $1.id }.map {
            KeptUpdate(id: $0.id, arrivedAt: arrivedAt, kind: $0.kind)
        }
        return try await inbox.keep(kept, offset: last + 1, ignored: ignored, of: api.botID)
    }
}
