import Conversation
import Locking
import Logging

/// What people mean by stopping.
///
/// `/cancel` stops what runs, at once. Where nothing runs, what would run is still on its way to the core, a file of it
/// perhaps, or it is the first of many that were written while the bot was down: the first message that its sender wrote
/// before it in the conversation is then not handed in, and what is behind that stays, as when it had run and was stopped.
/// `/cancel all` is for all that was written before it. It waits for what is being handed in at that moment, which takes as
/// long as the disk; what is written behind it in the conversation waits until it is through, and is never stopped by it.
///
/// What it keeps from being handed in is closed in the one transaction in which it is noted that it begins, with the turn
/// that runs: dealt with again after a crash it stops these, and nothing else.
extension Desk {
    /// Whether `heard` is a `/cancel` that stops something, for ``cancel(_:_:_:)``.
    static func stops(_ heard: Heard) -> Bool { heard.command == "cancel" && (words(heard).isEmpty || isForAll(heard)) }

    private static func words(_ heard: Heard) -> [String] {
        heard.message.text.split(whereSeparator: \.isWhitespace).dropFirst().map { $0.lowercased() }
    }

    private static func isForAll(_ heard: Heard) -> Bool { words(heard) == ["all"] }

    /// Deals with a `/cancel` or `/cancel all`.
    func cancel(_ heard: Heard, _ update: KeptUpdate, _ context: ViewContext) async throws {
        let view = ReplyView(context: context)
        let watch = try await follow(heard.session, at: heard.address)
        // With its answer all else was done.
        if update.isBegun, try await outbox.keeps(view.key(of: update.id)) { return }
        var stop = update.stop, slots: [Slot] = []
        let told = Signal()
        defer { told.give() }
        do {
            var reply: CommandReply
            if update.isBegun {
                watch.yield(.answering(told))
                reply = try await resume(stop, of: heard)
            } else {
                let found = try await stopOnTheWay(heard, update)
                try await begin(update, found)
                stop = found.stop
                watch.yield(.answering(told))
                reply = try await stopInCore(heard, found)
            }
            reply.add(stop?.told)
            slots = view.slots(.replied(reply), to: update.id, replyTo: heard.replyTo)
        } catch let error as HubError where error.code != .closed {
            let failure = ["\(error); send it again", stop?.told].compactMap(\.self).joined(separator: "; ")
            slots = view.slots(failure: failure, to: update.id, replyTo: heard.replyTo)
        }
        try await outbox.put(slots)
    }

    /// Notes that `update` begins to stop what it has `found`.
    ///
    /// Tried until it is kept where something on its way is stopped already: the next bot must not begin with that again
    /// when whoever stopped it was told of a failure. Throws `CancellationError`, and else what cannot be kept.
    private func begin(_ update: KeptUpdate, _ found: OnTheWay) async throws {
        var begun = update
        (begun.isBegun, begun.stop) = (true, found.stop)
        while true {
            do {
                return try await inbox.seal(begun, absorbing: found.updates, of: api.botID)
            } catch let error where !(error is CancellationError || found.updates.isEmpty) {
                logger.error(
                    "a stop cannot be kept", metadata: ["update": "\(update.id)", "error": "\(error)"])
            }
            try await clock.sleep(for: .seconds(1))
        }
    }

    /// Has the core stop what it has to; returns what is told of that.
    private func stopInCore(_ heard: Heard, _ found: OnTheWay) async throws -> CommandReply {
        // By now something else may run, which nobody has stopped.
        if !Self.isForAll(heard), found.stop.count > 0 { return Self.idle }
        if !Self.isForAll(heard), let turn = found.stop.turn {
            let hasStopped = try await core.interrupt(heard.session, turn: turn, by: heard.message)
            let told = hasStopped ? "stopping the running turn" : "the turn had just ended by itself"
            return CommandReply(name: "cancel", ok: true, text: told)
        }
        let reply = try await core.handle(heard.message, in: heard.session)
        guard !found.entered.isEmpty else { return reply.told ?? Self.idle }
        // What went in meanwhile waits or runs there now; it may have waited for the agent that has been stopped.
        for one in found.entered { try await intake.ended(one) }
        let again = try await core.handle(heard.message, in: heard.session)
        return (found.stop.turn == nil ? again : reply).told ?? Self.idle
    }

    /// What is told where nothing runs.
    private static var idle: CommandReply { CommandReply(name: "cancel", ok: true, text: "no turn is running") }

    /// What is left of a stop that was begun before a crash.
    private func resume(_ stop: MeantStop?, of heard: Heard) async throws -> CommandReply {
        var reply = CommandReply(name: "cancel", ok: false, text: Self.cutOff)
        guard let stop else { return reply }
        if let turn = stop.turn {
            // It may run again, which only somebody could want who did not stop it.
            _ = try await core.interrupt(heard.session, turn: turn, by: heard.message)
        }
        // What waited in the core is not known any more.
        if !Self.isForAll(heard), stop.turn != nil || stop.count > 0 {
            reply = Self.idle
            if stop.turn != nil { reply.text = "what ran runs no more" }
        }
        return reply
    }

    // MARK: What is on its way

    /// More than what belongs together has messages, but for very long texts.
    private static let fewest = 32

    /// What a `/cancel` finds that is on its way.
    private struct OnTheWay {
        var stop: MeantStop
        /// What is not handed in, which it closes.
        var updates: [Int64]
        /// What is being handed in at this moment, or was just now.
        var entered: [Int64]
    }

    /// Keeps from being handed in what a `/cancel` is about and is still on its way.
    private func stopOnTheWay(_ heard: Heard, _ update: KeptUpdate) async throws -> OnTheWay {
        let isForAll = Self.isForAll(heard)
        let access = try await guests.access()
        var fewest = Self.fewest
        while true {
            // Before the look at the core: what goes in between is found to have gone.
            let arrived = intake.messages(before: update.id)
            let scene = try await core.beginning(of: heard.session)
            let isIdle = scene.open == scene.last
            var earlier: [[KeptUpdate]] = []
            if isForAll || isIdle {
                // The first is among the first few.
                let numbers = isForAll ? arrived : Array(arrived.prefix(fewest))
                let open = try await inbox.open(numbers, of: api.botID)
                // One that has gone to the core meanwhile is the first there; with all others it is stopped there.
                guard isForAll || open.count == numbers.count else { continue }
                earlier = messages(open, inOrder: numbers, before: heard, access)
                if !isForAll, numbers.count < arrived.count, earlier.first?.last?.id == numbers.last {
                    // It may go on behind these.
                    fewest = arrived.count
                    continue
                }
            }
            let meant = isForAll ? earlier : Array(earlier.prefix(1))
            let gone = intake.stop(meant.map { $0.map(\.id) }), entered = gone.compactMap(\.self)
            let stopped = zip(meant, gone).filter { $0.1 == nil }.map(\.0)
            guard isForAll || entered.isEmpty else {
                // It runs a moment later.
                for one in entered { try await intake.ended(one) }
                continue
            }
            let said = stopped.map {
                (KeptUpdate.joined($0) ?? $0.first)?.message.flatMap { Heard.words(of: $0, to: name) } ?? ""
            }
            let redact = context(heard.address, heard.home).redact
            return OnTheWay(
                stop: MeantStop(scene.running, said, redact: redact), updates: stopped.flatMap { $0.map(\.id) },
                entered: entered)
        }
    }

    /// What the sender of a `/cancel` has written for the agent before it, of `open`, which have arrived in the order of
    /// `numbers`: message by message, each with what belongs to it.
    private func messages(
        _ open: [KeptUpdate], inOrder numbers: [Int64], before heard: Heard, _ access: Access
    ) -> [[KeptUpdate]] {
        let places = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
        let earlier = open.sorted { places[$0.id] ?? 0 < places[$1.id] ?? 0 }.filter { earlier in
            // What was found to be an answer is no message for the agent.
            guard earlier.answer == nil else { return false }
            // One that Telegram tells again late, under another number, may be a later one.
            return earlier.message.map { $0.chat.id != heard.chat || $0.id < heard.number } ?? false
        }
        return MessageGroup.all(in: earlier).map(\.updates).filter { group in
            group.contains { $0.message.map { verdict(on: $0, by: access) == .letIn } ?? false }
        }
    }

    // MARK: The button

    /// Stops the turn of a button, or the attempt that answers its message again after a crash; returns what whoever
    /// pressed it is told.
    ///
    /// The turn is named, so that a late press does not stop the next one.
    func stop(_ turn: Turn.ID, in chat: Int64, pressedBy user: Int64, as person: Message, _ access: Access) async throws
        -> String
    {
        // What is shown as running is behind what runs: the core knows whose turn it is.
        let shown = watches.session(running: turn, in: chat)
        let others = watches.sessions(in: chat).filter { $0 != shown }
        for session in [shown].compactMap(\.self) + others
        where access.admitsPress(by: user, in: chat, to: session) {
            if try await core.interrupt(session, turn: turn, by: person) { return "Stopping" }
        }
        return "It runs no more."
    }
}

extension Handled {
    /// What is told of a command; nil for a message that was taken.
    fileprivate var told: CommandReply? { if case .replied(let reply) = self { reply } else { nil } }
}

extension CommandReply {
    /// Says one thing more, which nothing else tells.
    fileprivate mutating func add(_ told: String?) {
        guard let told else { return }
        text += "; " + told
        untold? += "; " + told
    }
}

extension KeptUpdate {
    /// The message that it tells of; nil for another kind.
    fileprivate var message: BotMessage? { if case .message(let message) = kind { message } else { nil } }
}
