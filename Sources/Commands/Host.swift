import AgentShell
import Conversation
import Foundation
import Logging
import Processes
import REPL
import Redaction
import Settings
import Store

/// A process that hosts the core of a workspace: puts the parts together and runs them with one front.
struct Host: Sendable {
    let session: SessionID
    private let choices: Choices
    private let hub: Hub
    private let fleet: AgentFleet
    private let follower: SettingsFollower
    private let chronicle: FileChronicle
    private let custody: Custody
    private let state: StateDirectory
    /// Held as long as the host lives.
    private let lock: WorkspaceLock
    private let notices: [Notice]
    private let author: String
    private let sender: String

    /// What the command line says about the conversation.
    private struct Choices: Sendable {
        var mode: Mode?
        var agent: String?
        var profile: String?
        var approvals: ApprovalRule
        var isJSON: Bool
        var isPlain: Bool
    }

    /// Prepares everything, starts nothing.
    ///
    /// With `settlesOnlyOwn`, what other sessions left open stays so. Throws ``Failure``.
    init(
        _ common: CommonOptions, _ conversation: ConversationOptions, session: SessionID, holder: String,
        settlesOnlyOwn: Bool = false
    ) throws {
        let place = try Place(common)
        let settings = place.settings
        self.session = session
        choices = Choices(
            mode: conversation.mode, agent: conversation.agent, profile: conversation.profile,
            approvals: conversation.approve,
            isJSON: conversation.json,
            isPlain: conversation.noColor)
        author = NSUserName()
        sender = "\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: .min ... .max))"

        state = place.state
        let database: Database
        do {
            try state.prepare()
            lock = try WorkspaceLock(in: state, holder: holder)
            database = try Database(in: state)
        } catch let error as StoreError {
            throw Self.failure(error, place.workspace)
        }
        notices = settings.values.warnings.map { Notice(.warn, $0) } + database.remarks.map { Notice(.error, $0) }

        let secrets = Secrets(settings, environment: place.environment)
        let log = LogFile(path: state.file("cm.log")) { secrets.redactor.redact($0).text }
        let level: Logger.Level = common.verbose ? .debug : .info
        let logger: @Sendable (String) -> Logger = { component in
            log?.logger(component, level: level) ?? Logger(label: component) { _ in SwiftLogNoOpLogHandler() }
        }
        let clock = TimerClock()
        let processes = logger("processes")
        custody = place.custody { processes.warning("\($0)") }
        fleet = AgentFleet(
            settings,
            in: AgentRecipe.Kitchen(custody: custody, clock: clock, logger: logger) { secrets.redactor })
        let journal = SQLiteJournal(database)
        chronicle = FileChronicle(in: state, journal: journal, logger: logger("chronicle")) { secrets.redactor }
        var configuration = HubConfiguration(
            version: Program.version, workingDirectory: settings.workingDirectory, clock: clock
        ) {
            Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
        }
        configuration.chronicle = chronicle
        configuration.settlesOnly = settlesOnlyOwn ? session : nil
        let makeChanges: @Sendable (ChatSettings) -> WorkspaceChanges = { [state, custody] settings in
            WorkspaceChanges(
                storage: state.file("changes"), environment: settings.childEnvironment, custody: custody)
        }
        let makeSurroundings: @Sendable (ChatSettings) -> WorkspaceSurroundings = { [state, custody] settings in
            WorkspaceSurroundings(
                storage: state.file("changes"), logs: state.path, environment: settings.childEnvironment,
                custody: custody
            ) { secrets.redactor.redact($0).text }
        }
        configuration.take(settings, changes: makeChanges(settings), surroundings: makeSurroundings(settings))
        let profiles = Profiles(settings)
        configuration.profiles = profiles
        hub = Hub(
            journal: journal, directory: fleet.pool, configuration: configuration,
            logger: logger("conversation"))
        follower = SettingsFollower(
            place: place, secrets: secrets, fleet: fleet, profiles: profiles, hub: hub, makeChanges: makeChanges,
            makeSurroundings: makeSurroundings, logger: logger("settings"))
    }

    private static func failure(_ error: StoreError, _ workspace: Workspace) -> Failure {
        switch error.code {
        case .held:
            Failure(
                code: Failure.held,
                message: "the workspace \(workspace.path) is in use by \(error.description); leave it first")
        case .newer, .older, .unusable:
            Failure(code: Failure.unavailable, message: error.description)
        }
    }

    // MARK: Fronts

    var scriptOptions: ScriptFront.Options {
        var options = ScriptFront.Options(session: session, author: author, sender: sender)
        options.approvals = choices.approvals
        options.isJSON = choices.isJSON
        options.notices = notices
        return options
    }

    var terminalOptions: TerminalFront.Options {
        let environment = ProcessInfo.processInfo.environment
        let isPlain =
            choices.isPlain || environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        var options = TerminalFront.Options(
            session: session, author: author, sender: sender, isColoured: !isPlain, historyPath: state.file("history"))
        options.approvals = choices.approvals
        options.notices = notices
        return options
    }

    // MARK: The run

    /// Runs the core with `front` until the front ends; then running turns are finished, and nothing is left.
    ///
    /// SIGINT stops the running turn and, with `leavesOnInterrupt`, the run; SIGTERM and SIGHUP stop the run and
    /// leave the turn to the next one. Throws ``Failure``.
    func run(_ front: some Front, leavesOnInterrupt: Bool) async throws {
        // First of all, as what an earlier run has left behind may hold the threads that are to be resumed.
        _ = await custody.reap()
        let signals = Signals([SIGINT, SIGTERM, SIGHUP])
        defer { signals.cancel() }
        let received = signals.stream
        // Outlives the core, for what that hands in at last.
        async let keeping: Void = chronicle.run()
        // Finished by the first SIGINT that is to end the run.
        let (leaving, leave) = AsyncStream<Never>.makeStream()
        let ends: [Result<Void, any Error>] = await withTaskGroup(of: Result<Void, any Error>.self) { group in
            group.addTask { await Self.result { await fleet.pool.run() } }
            group.addTask { await Self.result { try await follower.run() } }
            group.addTask { await Self.result { try await hub.run() } }
            group.addTask {
                await Self.result { try await obey(received, leave: leavesOnInterrupt ? leave : nil) }
            }
            group.addTask { await Self.result { try await interruptAndLeave(when: leaving) } }
            group.addTask {
                await Self.result {
                    try await choose()
                    // Its start takes a while, and the first message would wait for it.
                    async let _: Void = hub.warmUp(session)
                    try await front.run(hub)
                    await hub.drain()
                }
            }
            var ends: [Result<Void, any Error>] = []
            for await end in group {
                ends.append(end)
                group.cancelAll()
            }
            return ends
        }
        chronicle.close()
        await keeping
        if let error = Self.cause(of: ends) { throw Self.failure(error) }
    }

    private static func result(of body: () async throws -> Void) async -> Result<Void, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    /// Why the run failed, given how its parts ended, the first first; nil when it ended well.
    ///
    /// A part that only found the core closed, or was cancelled, hides no other one's reason.
    private static func cause(of ends: [Result<Void, any Error>]) -> (any Error)? {
        guard case .failure(let first)? = ends.first else { return nil }
        let errors = ends.compactMap { end -> (any Error)? in
            if case .failure(let error) = end { error } else { nil }
        }
        let telling = errors.first { !($0 is CancellationError) && ($0 as? HubError) != .closed }
        return first is Failure ? first : telling ?? first
    }

    /// Ends the run at SIGTERM, SIGHUP and a second SIGINT.
    ///
    /// The first SIGINT finishes `leave`, or, when that is nil, each stops what runs.
    private func obey(_ received: AsyncStream<Int32>, leave: AsyncStream<Never>.Continuation?) async throws {
        var interrupts = 0
        for await number in received {
            interrupts += 1
            guard number == SIGINT, leave == nil || interrupts == 1 else {
                throw Failure(code: Failure.interrupted, message: nil)
            }
            if let leave { leave.finish() } else { try await hub.interruptAll() }
        }
        throw CancellationError()
    }

    private func interruptAndLeave(when leaving: AsyncStream<Never>) async throws {
        for await _ in leaving {}
        try Task.checkCancellation()
        // First this, or a script would go on with its next line.
        await hub.beginDraining()
        try await hub.interruptAll()
        await hub.drain()
        throw Failure(code: Failure.interrupted, message: "interrupted")
    }

    /// Puts the choices of the command line into the session.
    private func choose() async throws {
        if let profile = choices.profile {
            let reply = try await hub.chooseProfile(profile, in: session)
            guard reply.ok else { throw Failure(code: Failure.usage, message: "--profile: \(reply.text)") }
        }
        if let mode = choices.mode { try await hub.change(session, .mode(mode)) }
        guard let agent = choices.agent else { return }
        let reply = try await hub.choose(AgentChoice(agent), in: session)
        guard reply.ok else { throw Failure(code: Failure.usage, message: "--agent: \(reply.text)") }
    }

    private static func failure(_ error: any Error) -> any Error {
        switch error {
        case let failure as Failure: failure
        case let failure as ScriptFailure:
            Failure(code: failure.isUnavailable ? Failure.unavailable : 1, message: failure.reason)
        case let error as HubError: Failure(code: Failure.unavailable, message: error.description)
        default: Failure(code: 1, message: "\(error)")
        }
    }
}
