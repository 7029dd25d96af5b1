public import Conversation
import Locking
public import Logging

/// A bot of Telegram as a front: people write to it, and it shows them what comes of that.
public struct TelegramBot: Front {
    let api: BotAPI
    let leaving = Signal()
    let keeping: Keeping
    let polling: Polling
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    let redact: @Sendable (String) -> String
    let silentAfter: @Sendable () -> Duration
    let notifying: Notifying?
    let project: String
    let logger: Logger

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
        guard let name = try await leaving.unlessGiven({ try await introduce() }) ?? nil else { return }
        logger.notice("the bot is known to Telegram", metadata: ["bot": "@\(name.username)"])
        try await run(parts(of: core, for: name))
    }

    /// Ends ``run(_:)`` once what was said up to now is dealt with and what is on its way has arrived, within seconds.
    public func leave() { leaving.give() }

    /// Puts together what works in one run.
    private func parts(of core: any Core, for name: BotName) async throws -> Parts {
        let moment = now
        let memory = keeping.memory, bot = name.id, redact = redact, silentAfter = silentAfter, logger = logger
        let watches = Watches(), guests = keeping.guests
        let renamed = Locked(try await guests.access().renamed)
        let outbox = Outbox(
            api, store: keeping.outbox, departure: keeping.departure, clock: clock,
            now: { moment().millisecondsSince1970 }, logger: logger,
            rights: {
                let access = try await guests.access()
                return { access.admits($0) }
            }
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
            watches: watches, attachments: attachments, intake: Intake(), clock: clock,
            offered: { [notifying] id, chat in
                try await notifying?.offers(of: bot).first { $0.request.approval == id && $0.chat == chat }?.request
                    .session
            }, presses: presses, strangers: Strangers(memory, of: bot), context: context, logger: logger)
        let greeter = Greeter(
            api: api, memory: memory, guests: guests, outbox: outbox, tellsOfAgent: polling.tellsOfAgent,
            project: project, now: now, redact: redact, logger: logger)
        let reception = Reception(desk: desk, renamed: renamed, clock: clock, logger: logger)
        return Parts(
            core: core, bot: bot, watches: watches, outbox: outbox, context: context, presses: presses,
            attachments: attachments, greeter: greeter, reception: reception)
    }
}
