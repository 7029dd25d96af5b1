public import Conversation
import Locking
public import Logging

/// A bot of Telegram as a front: people write to it, and it shows them what comes of that.
public struct TelegramBot: Front {
    /// How it polls.
    public struct Polling: Hashable, Sendable {
        /// How long Telegram waits for something to tell, in whole seconds; 50 at most.
        public var timeout: Int
        /// Whether a webhook, which excludes polling, is taken away first, and whenever one is in the way.
        public var deletesWebhook: Bool
        /// Whether what was said before the start is forgotten, by Telegram where it can.
        public var dropsPending: Bool
        /// Whether what was said before the start is left alone.
        public var ignoresPending: Bool
        /// Whether it is said at the start when the agent cannot be had.
        public var tellsOfAgent: Bool

        /// The usual way by default.
        public init(
            timeout: Int = 50, deletesWebhook: Bool = true, dropsPending: Bool = false, ignoresPending: Bool = false,
            tellsOfAgent: Bool = true
        ) {
            (self.timeout, self.deletesWebhook, self.dropsPending) = (timeout, deletesWebhook, dropsPending)
            (self.ignoresPending, self.tellsOfAgent) = (ignoresPending, tellsOfAgent)
        }
    }

    /// Where it keeps what must not be lost.
    public struct Keeping: Sendable {
        let inbox: any UpdateInbox
        let outbox: any OutboxStore
        let ledger: any ChatLedger & AttachmentLedger
        let guests: any Guests
        let memory: any BotMemory
        let shelf: any FileShelf
        let departure: any FileDeparture

        /// All of it in one place, or in several.
        public init(
            inbox: any UpdateInbox, outbox: any OutboxStore, ledger: any ChatLedger & AttachmentLedger,
            guests: any Guests, memory: any BotMemory, shelf: any FileShelf, departure: any FileDeparture
        ) {
            (self.inbox, self.outbox, self.ledger, self.guests) = (inbox, outbox, ledger, guests)
            (self.memory, self.shelf, self.departure) = (memory, shelf, departure)
        }
    }

    /// How long it may take at the end to deal with what has arrived; what is left then is for the next one to run.
    private static let dealing = Duration.seconds(4)
    /// How long what is on its way may take after that.
    private static let farewell = Duration.seconds(6)

    private let api: BotAPI
    private let leaving = Signal()
    private let keeping: Keeping
    private let polling: Polling
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Timestamp
    private let redact: @Sendable (String) -> String
    private let silentAfter: @Sendable () -> Duration
    private let notifying: Notifying?
    private let project: String
    private let logger: Logger

    /// Creates a bot; nothing happens before ``run(_:)``.
    ///
    /// - Parameters:
    ///   - redact: Takes secrets out of what is written to chats.
    ///   - silentAfter: After how much silence of an agent people are told, as is set at the moment.
    ///   - notifying: What brings notifications to the owner; nil for none.
    ///   - project: What people call the workspace; empty where that is not known.
    public init(
        _ api: BotAPI, keeping: Keeping, polling: Polling = Polling(), clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Timestamp, redact: @escaping @Sendable (String) -> String = { $0 },
        silentAfter: @escaping @Sendable () -> Duration = { .seconds(300) },
        notifying: Notifying? = nil, project: String = "", logger: Logger = Logger(label: "telegram")
    ) {
        self.project = project
        self.api = api
        self.keeping = keeping
        self.polling = polling
        self.clock = clock
        self.now = now
        self.redact = redact
        self.silentAfter = silentAfter
        self.notifying = notifying
        self.logger = logger
    }

    /// Talks until the core ends, the task is cancelled, or Telegram does not know the token, which is logged.
    ///
    /// Throws ``HubError`` when the core ends, what cannot be kept, and `CancellationError`.
    public func run(_ core: any Core) async throws {
        guard let name = try await unlessLeaving({ try await introduce() }) ?? nil else { return }
        logger.notice("the bot is known to Telegram", metadata: ["bot": "@\(name.username)"])
        let moment = now
        let memory = keeping.memory, bot = name.id, redact = redact, silentAfter = silentAfter, logger = logger
        let watches = Watches(), guests = keeping.guests
        let renamed = Locked(try await guests.access().renamed)
        let outbox = Outbox(
            api, store: keeping.outbox, departure: keeping.departure, clock: clock,
            now: { moment().millisecondsSince1970 }, logger: logger
        ) { remark in
            if let notifying { await tell(remark, through: notifying.door) }
            guard case .migrated(let old, let new) = remark else { return }
            do {
                try await memory.rename(old, to: new, of: bot)
                let known = try await guests.access().renamed
                renamed.withLock { $0 = known }
                watches.rename(old, to: new)
            } catch {
                logger.error("could not note that a group has another number", metadata: ["error": "\(error)"])
            }
        }
        let context: @Sendable (ChatAddress, SessionID) -> ViewContext = { address, session in
            ViewContext(
                at: address, scope: "\(session)@\(renamed.withLock { $0.original(of: address.chat) })/",
                silentAfter: { silentAfter().milliseconds },
                placeOf: { key in
                    Heard.number(of: key, in: renamed.withLock { $0.newest(of: address.chat) }, of: bot)
                },
                isHere: { key in
                    guard let chat = Heard.place(of: key, of: bot)?.chat else { return false }
                    return renamed.withLock { $0.original(of: chat) == $0.original(of: address.chat) }
                }, redact: redact)
        }
        let presses = PressAnswers(api, clock: clock, now: now, logger: logger)
        let attachments = Attachments(
            core, ledger: keeping.ledger, guests: guests, outbox: outbox, watches: watches, bot: bot, context: context)
        let desk = Desk(
            core: core, name: name, api: api, inbox: keeping.inbox, outbox: outbox, ledger: keeping.ledger,
            guests: guests, memory: memory,
            files: FileCollector(api: api, shelf: keeping.shelf, clock: clock, logger: logger),
            watches: watches, attachments: attachments,
            offered: { [notifying] id, chat in
                try await notifying?.offers(of: bot).first { $0.request.approval == id && $0.chat == chat }?.request
                    .session
            }, presses: presses, strangers: Strangers(memory, of: bot), context: context, logger: logger)
        let greeter = Greeter(
            api: api, memory: memory, guests: guests, outbox: outbox, tellsOfAgent: polling.tellsOfAgent,
            project: project, now: now, redact: redact, logger: logger)
        let (ways, found) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrival) = AsyncStream.makeStream(of: KeptUpdate.self)
        let reception = Reception(desk: desk, renamed: renamed, clock: clock, logger: logger)
        // Each tells whether the bot is over with it.
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await send(by: outbox)
                return true
            }
            group.addTask {
                try await follow(watches, core, outbox, attachments, context)
                return true
            }
            group.addTask {
                await presses.run()
                return false
            }
            if let notifying {
                let notifier = Notifier(
                    notifying: notifying, core: core, outbox: outbox, guests: keeping.guests, bot: bot, clock: clock,
                    now: now, redact: redact, logger: logger)
                group.addTask {
                    try await notifier.run()
                    return true
                }
            }
            // First what was left: what is new is dealt with behind it.
            try await attachments.takeUp()
            for update in try await keeping.inbox.open(of: bot) { arrival.yield(update) }
            group.addTask {
                for await _ in ways { try await greeter.greet(core) }
                return false
            }
            group.addTask {
                let isKnown = try await listen(reception, to: arrivals) {
                    try await receive(into: arrival, from: found, remarking: outbox)
                } ending: {
                    arrival.finish()
                }
                guard isKnown else { return true }
                // What is on its way arrives, and what has just been said goes out.
                try await rest(watches)
                outbox.finish()
                try await clock.sleep(for: Self.farewell)
                return true
            }
            defer { group.cancelAll() }
            // The first that cannot go on tells why.
            while let isOver = try await group.next(), !isOver {}
        }
    }

    /// Ends ``run(_:)`` once what was said up to now is dealt with and what is on its way has arrived, within seconds.
    public func leave() { leaving.give() }

    // MARK: Parts

    /// Has dealt with what arrives by `receive`, until that ends or the bot is to leave; returns whether Telegram still
    /// knows the bot.
    ///
    /// When it is to leave, nothing more is taken in, so that there is an end of it; then what has arrived is dealt with, as
    /// far as there is time. All of it is on disk: what is cut off is begun by the next one to run.
    private func listen(
        _ reception: Reception, to arrivals: AsyncStream<KeptUpdate>,
        by receive: @escaping @Sendable () async throws -> Void, ending end: @escaping @Sendable () -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await reception.deal(with: arrivals)
                return .dealt
            }
            group.addTask {
                guard try await unlessLeaving(receive) == nil else { return .refused }
                end()
                return .left
            }
            defer { group.cancelAll() }
            while let ending = try await group.next() {
                switch ending {
                case .refused: return false
                case .dealt: return true
                case .left:
                    group.addTask {
                        try await clock.sleep(for: Self.dealing)
                        logger.notice("not all that was said is dealt with: the next bot goes on with it")
                        return .dealt
                    }
                }
            }
            return true
        }
    }

    /// Waits until no turn is shown as running, for a second: what the core has finished is told to the chats a moment later.
    private func rest(_ watches: Watches) async throws {
        for _ in 0..<20 where watches.showRunning { try await clock.sleep(for: .milliseconds(50)) }
    }

    /// What has ended of taking in and dealing with what people say.
    private enum Ending {
        /// Nothing is taken in any more, because the bot is to leave.
        case left
        /// Telegram does not know the bot.
        case refused
        /// All is dealt with, or there is no time for more.
        case dealt
    }

    /// What `body` returns; nil when the bot is to leave before.
    private func unlessLeaving<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await leaving.given()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// Asks Telegram who the bot is, for as long as there is no way to it; nil when it does not know the token.
    private func introduce() async throws -> BotName? {
        var pause = Duration.seconds(1)
        while true {
            do {
                let user = try await api.call(GetMe())
                return BotName(id: user.id, username: user.username ?? "")
            } catch let error as BotError {
                if error.code == .unauthorized {
                    await tellOfRefusal("Telegram does not know the bot's token", "\(error)")
                    return nil
                }
                logger.warning("Telegram cannot be reached yet", metadata: ["error": "\(error)"])
                if case .flood(let retryAfter) = error.code { pause = max(pause, retryAfter) }
            }
            try await clock.sleep(for: pause)
            pause = min(pause * 2, .seconds(60))
        }
    }

    private func send(by outbox: Outbox) async throws {
        if case .unauthorized(let reason) = try await outbox.run() {
            await tellOfRefusal("Telegram does not know the bot's token any more", reason)
        }
    }

    private func receive(
        into arrival: AsyncStream<KeptUpdate>.Continuation, from found: AsyncStream<Void>.Continuation,
        remarking outbox: Outbox
    ) async throws {
        let moment = now
        let poller = Poller(
            api: api, inbox: keeping.inbox, notes: keeping.memory,
            options: .init(
                timeout: polling.timeout, deletesWebhook: polling.deletesWebhook, dropsPending: polling.dropsPending,
                ignoresPending: polling.ignoresPending),
            clock: clock, now: { moment().millisecondsSince1970 }, logger: logger,
            remark: { await tell($0, by: outbox) },
            arrived: { updates in
                for update in updates { arrival.yield(update) }
                // Only the first time.
                found.yield()
                found.finish()
            })
        let reason = try await poller.run()
        await tellOfRefusal("Telegram does not know the bot's token any more", reason)
    }

    /// Tells the log and the terminals why the bot is off; all else goes on without it.
    private func tellOfRefusal(_ what: String, _ reason: String) async {
        let text = "\(what) (\(reason)); the bot is off until telegram.bot_token is another one. @BotFather shows it."
        logger.error("\(text)")
        do {
            let key = "telegram/\(api.botID)/refused"
            // Nothing for the owner to be woken by: they hear of it when there is a bot again.
            try await notifying?.door.notify(Announcement(.important, key: key, text, of: "telegram"))
        } catch {
            logger.error("could not tell people of it", metadata: ["error": "\(error)"])
        }
    }

    /// Follows what is wished for, each session in a task of its own.
    private func follow(
        _ watches: Watches, _ core: any Core, _ outbox: Outbox, _ attachments: Attachments,
        _ context: @escaping @Sendable (ChatAddress, SessionID) -> ViewContext
    ) async throws {
        try await FirstFailure.ends { first in
            await withDiscardingTaskGroup { group in
                for await wish in watches.wishes {
                    let watch = SessionWatch(
                        wish: wish, core: core, outbox: outbox, ledger: keeping.ledger, api: api,
                        context: context(wish.cursor.address, wish.cursor.session), clock: clock, now: now,
                        logger: logger,
                        mayShow: { try await attachments.mayShow(wish.cursor.session, at: wish.cursor.address) },
                        isLeft: { !attachments.isCurrent(wish.cursor.session, at: wish.cursor.address) },
                        end: { try await attachments.end($0) })
                    group.addTask {
                        await first.attempt {
                            do {
                                defer { watches.forget(wish) }
                                // Ended by the core.
                                try await watch.run()
                            } catch is SessionWatch.RightLost {
                                try await attachments.revoke(wish)
                            } catch let error
                                where !(error is CancellationError || (error as? HubError)?.code == .closed)
                            {
                                var cursor = wish.cursor
                                cursor.address = wish.address.withLock(\.self)
                                try await follow(cursor, again: watches, after: error)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Follows a session anew from where its messages are kept: what is wrong with one must not end the others.
    private func follow(_ cursor: ChatCursor, again watches: Watches, after error: any Error) async throws {
        logger.error(
            "a session cannot be shown", metadata: ["session": "\(cursor.session)", "error": "\(error)"])
        try await clock.sleep(for: .seconds(5))
        let kept = try await keeping.ledger.cursors(of: api.botID)
            .first { $0.session == cursor.session && $0.address == cursor.address }
        if let kept { _ = try await watches.follow(kept) }
    }
}

extension TelegramBot {
    /// Tells the log and the owner of trouble with the poll, and of its end.
    private func tell(_ remark: PollRemark, by outbox: Outbox) async {
        // Two of them may talk in one chat then.
        let text = remark.text(of: project, deletesWebhook: polling.deletesWebhook)
        logger.warning("\(text)")
        do {
            if let notifying { return try await notify(remark, text, through: notifying.door) }
            switch remark {
            case .conflict, .held: break
            case .conflictOver, .holdOver, .unreachable, .reachable: return
            }
            guard let owner = try await keeping.guests.access().owner else { return }
            let key = "conflict/" + remark.key(at: now().millisecondsSince1970)
            try await outbox.put([Slot(key, at: ChatAddress(chat: owner), SlotContent("⚠ \(text)"))])
        } catch {
            logger.error("could not tell the owner", metadata: ["error": "\(error)"])
        }
    }
}

extension TelegramBot {
    /// Tells of trouble that people can do something about.
    private func notify(_ remark: PollRemark, _ text: String, through door: any NotificationDoor) async throws {
        let key = "telegram/\(api.botID)/" + remark.key(at: now().millisecondsSince1970)
        switch remark {
        case .conflict, .held: try await door.notify(Announcement(.critical, key: key, text, of: "telegram"))
        case .conflictOver, .holdOver: try await door.notify(Announcement(.info, key: key, text, of: "telegram"))
        // Whoever could be told has no way to hear it, and afterwards it is of no use.
        case .unreachable, .reachable: break
        }
    }
}

extension TelegramBot {
    /// Tells of messages that do not arrive.
    private func tell(_ remark: OutboxRemark, through door: any NotificationDoor) async {
        do {
            let owner = try await keeping.guests.access().owner, moment = now().millisecondsSince1970
            let told = DeliveryTrouble(bot: api.botID).announcement(of: remark, at: moment, owner: owner)
            if let told { try await door.notify(told) }
        } catch {
            logger.error("could not tell of a message that does not arrive", metadata: ["error": "\(error)"])
        }
    }
}
