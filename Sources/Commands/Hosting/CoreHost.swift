import AgentShell
import Control
import Conversation
import Foundation
import LocalSockets
import Logging
import Processes
import Redaction
import Settings
import Store

/// The core of a workspace in this process, with all that works for it.
struct CoreHost: Sendable {
    let hub: Hub
    /// What was found at the start, for people.
    let remarks: [Notice]
    /// What the log says at the start of how to talk to the core; nil where somebody does already.
    let invitation: String?
    /// Who is attached over the socket.
    let server: ControlServer
    let fleet: AgentFleet
    let follower: SettingsFollower
    let chronicle: FileChronicle
    let custody: Custody
    /// The bot beside it; nil where there is none.
    let telegram: TelegramService?
    let listener: LocalListener
    /// Held as long as the host lives.
    let lock: WorkspaceLock
    let logger: Logger
    /// Yields when a monitor wants to host instead.
    let handOvers: AsyncStream<Void>

    /// How a core is hosted.
    struct Manner: Sendable {
        var kind: HostKind
        /// What people call the process, for example `cm chat`.
        var name: String
        /// When set, only what this session left open is taken up at the start.
        var settlesOnly: SessionID?
        var logLevel = Logger.Level.info
        /// Whether the log is written to standard output as well.
        var echoesLog = false
        /// Whether the bot runs, where one is configured.
        var hasTelegram = false
    }

    /// Prepares everything, and can be reached from now on; starts nothing.
    ///
    /// `lock` is that of the core. Throws ``Failure``, and `LocalSocketError` when there can be no socket.
    init(_ place: Place, _ manner: Manner, holding lock: WorkspaceLock) throws {
        self.lock = lock
        let settings = place.settings, state = place.state
        let database: Database
        let socket: String
        do {
            database = try Database(in: state)
            socket = try SocketPath.place(
                for: state.file("cm.sock"), runtimeDirectory: place.environment["XDG_RUNTIME_DIR"],
                temporaryDirectory: place.environment["TMPDIR"] ?? "/tmp")
            listener = try LocalListener(at: socket)
            try lock.announce(socket: socket)
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        }
        invitation = Self.invitation(manner, settings.values)
        remarks = database.remarks.map { Notice(.error, $0) }

        let secrets = Secrets(settings, environment: place.environment)
        let redact: @Sendable (String) -> String = { secrets.redactor.redact($0).text }
        let logger = Self.logger(to: state.file("cm.log"), manner, redact)
        self.logger = logger("core")
        let clock = TimerClock()
        let processes = logger("processes")
        custody = place.custody { processes.warning("\($0)") }
        fleet = AgentFleet(
            settings,
            in: AgentRecipe.Kitchen(custody: custody, clock: clock, logger: logger) { secrets.redactor })
        telegram =
            manner.hasTelegram
            ? TelegramService(
                settings.values, in: state, keeping: database, redact: redact,
                logger: logger("telegram")) : nil
        let journal = SQLiteJournal(database)
        chronicle = FileChronicle(in: state, journal: journal, logger: logger("chronicle")) { secrets.redactor }

        var configuration = HubConfiguration(
            version: Program.version, workingDirectory: settings.workingDirectory, clock: clock, now: { Timestamp.now })
        configuration.chronicle = chronicle
        configuration.fileGate = WorkspaceGate(redact: redact)
        configuration.redact = redact
        configuration.notifications = NotificationTables(database)
        configuration.settlesOnly = manner.settlesOnly
        let keys = ToolKeys(socket: socket)
        configuration.toolServer = { keys.server(of: $0) }
        let sight = SightMaker(state: state, custody: custody, secrets: secrets)
        configuration.take(settings, sight)
        let profiles = Profiles(settings)
        configuration.profiles = profiles
        hub = Hub(
            journal: journal, directory: fleet.pool, configuration: configuration, logger: logger("conversation"))
        let inForce = SettingsInForce(settings.values)
        follower = SettingsFollower(
            place: place, secrets: secrets, fleet: fleet, profiles: profiles, inForce: inForce, hub: hub,
            telegram: telegram, sight: sight, logger: logger("settings"))
        let (handOvers, wish) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.handOvers = handOvers
        server = ControlServer(
            core: hub, configuration: Self.serving(hub, manner.kind, keys, state, inForce) { wish.yield() },
            logger: logger("control"))
    }

    /// How to talk to the core, and how to turn Telegram on, where the log is what people see.
    static func invitation(_ manner: Manner, _ settings: Settings) -> String? {
        guard manner.echoesLog else { return nil }
        let attaching = "cm chat in this workspace attaches to it"
        guard manner.hasTelegram else { return "\(attaching); Telegram is off (--no-telegram-bot)" }
        guard settings[.telegramBotToken] == nil else { return attaching }
        return "\(attaching); Telegram is off: TELEGRAM_BOT_TOKEN, or telegram.bot_token, turns it on"
    }

    private static func serving(
        _ hub: Hub, _ kind: HostKind, _ keys: ToolKeys, _ state: StateDirectory, _ inForce: SettingsInForce,
        handOver: @escaping @Sendable () -> Void
    ) -> ControlServer.Configuration {
        var configuration = ControlServer.Configuration(
            version: Program.version,
            host: ControlHost(pid: ProcessInfo.processInfo.processIdentifier, kind: kind))
        configuration.judge = { pid in
            guard let child = Lineage.child(above: pid) else { return .person }
            let what = child.owner.map { "process \(child.pid), which cm started for an agent (\($0))" }
            return .agent(reason: "it comes from \(what ?? "a process that is gone")")
        }
        configuration.isKey = { keys.isKey($0, of: $1) }
        configuration.settings = { inForce.texts }
        configuration.standard = { inForce.standard }
        configuration.tools = { CoreTools(hub, for: $0) }
        configuration.handOver = { _ in handOver() }
        configuration.patience = .seconds(1)
        configuration.shelf = HostedShelf(hub: hub, state: state)
        return configuration
    }

    private static func logger(
        to path: String, _ manner: Manner, _ redact: @escaping @Sendable (String) -> String
    ) -> @Sendable (String) -> Logger {
        let log = LogFile(path: path, echoes: manner.echoesLog, redact: redact)
        return { component in
            log?.logger(component, level: manner.logLevel)
                ?? Logger(label: component) { _ in SwiftLogNoOpLogHandler() }
        }
    }
}
