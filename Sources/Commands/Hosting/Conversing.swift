import Locking
import Settings
import Logging
import Control
import Conversation
import Foundation
import REPL
import Store

/// A process in which somebody talks: finds the core of the workspace, or hosts it, and runs a front on it.
struct Conversing: Sendable {
    let session: SessionID
    /// For the beginning of the conversation.
    let notices: [Notice]
    /// Notices that come later.
    private let news: AsyncStream<Notice>
    private let kind: HostKind
    private let choices: ConversationOptions
    private let place: Place
    private let seat: Seat
    private let residence: Residence
    private let link: CoreLink
    private let author = NSUserName()
    private let sender = "\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: .min ... .max))"

    /// Finds the core, or prepares to host it; throws ``Failure``.
    ///
    /// `name` is what people call the process. With `settlesOnlyOwn`, what other sessions left open stays so as long as nobody looks at them.
    init(
        _ common: CommonOptions, _ choices: ConversationOptions, session: SessionID, kind: HostKind,
        called name: String, settlesOnlyOwn: Bool = false
    ) async throws {
        try Agents.refuse(name)
        self.kind = kind
        self.choices = choices
        self.session = session
        place = try Place(common)
        let manner = CoreHost.Manner(
            kind: kind, name: name, settlesOnly: settlesOnlyOwn ? session : nil,
            logLevel: common.verbose ? .debug : .info, hasTelegram: kind == .monitor)
        let finder = SeatFinder(common: common, place: place, manner: manner)
        link = CoreLink(clock: TimerClock())
        var chosen = choices.settings
        if common.conf != nil { chosen.insert(Settings.filePath) }
        let unheeded = UnheededNotices(
            UnheededSettings(place.settings.values, in: place.environment, besides: chosen), file: common.conf)
        // Unbounded: there are a few for each change of host.
        let (news, teller) = AsyncStream.makeStream(of: Notice.self)
        self.news = news
        residence = Residence(finder: finder, link: link, unheeded: unheeded, news: teller)
        let monitor = kind == .monitor ? try await finder.becomeMonitor() : nil
        seat = try await finder.find(for: monitor)
        var notices = place.settings.values.warnings.map { Notice(.warn, $0) }
        switch seat {
        case .hosting(let host, _): notices += host.remarks
        case .attached(_, let holder):
            // Whoever asks for nothing need not know.
            if !unheeded.isEmpty, let greeting = try await Door.greeting(of: place.state, as: name) {
                notices += unheeded.attached(to: holder, by: greeting.settings)
            }
            notices.append(Notice(.info, "attached to \(holder)"))
        }
        self.notices = notices
    }

    // MARK: Fronts

    var scriptOptions: ScriptFront.Options {
        var options = ScriptFront.Options(session: session, author: author, sender: sender)
        options.approvals = choices.approve
        options.news = news
        options.isJSON = choices.json
        // Scripts do the same wherever the core is.
        options.notices = notices.filter { $0.level != .info }
        return options
    }

    var terminalOptions: TerminalFront.Options {
        let environment = ProcessInfo.processInfo.environment
        let isPlain =
            choices.noColor || environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        var options = TerminalFront.Options(
            session: session, author: author, sender: sender, isColoured: !isPlain,
            historyPath: place.state.file("history"))
        options.version = Program.version
        options.environment = ChildEnvironment.withoutSecrets(environment)
        options.approvals = choices.approve
        options.news = news
        options.notices = notices
        return options
    }

    // MARK: The run

    /// Runs `front` until it ends; when the core is here, running turns are finished then, and nothing is left.
    ///
    /// SIGINT stops the running turn and, with `stop`, the run, after it was called; SIGTERM and SIGHUP stop the run
    /// and leave the turn to the next core. Throws ``Failure``.
    func run(_ front: some Front, stop: (@Sendable () -> Void)? = nil) async throws {
        let signals = Signals([SIGINT, SIGTERM, SIGHUP])
        defer { signals.cancel() }
        let received = signals.stream
        let leaving = Leaving()
        async let home = Result { try await residence.run(from: seat) }
        let end = await Result {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await obey(received, leaving, stop) }
                group.addTask { try await talk(front, leaving) }
                group.addTask {
                    // Without a core there is nothing to talk to.
                    await residence.ended.wait()
                    throw HubError.closed
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        residence.departure.give()
        link.close()
        let ends = [await home, end].compactMap { if case .failure(let error) = $0 { error } else { nil } }
        guard let cause = ends.first(where: { !($0 is CancellationError) }) ?? ends.first else { return }
        throw leaving.wasInterrupted && !(cause is Failure)
            ? Failure(code: Failure.interrupted, message: "interrupted") : Failure.of(cause)
    }

    /// Runs the front, and finishes what is left to do in this process.
    private func talk(_ front: some Front, _ leaving: Leaving) async throws {
        let core = HostAwareCore(link: link, hosted: residence.hosted)
        try await choose()
        // Its start takes a while, and the first message would wait for it.
        async let _ = try? link.greeting(of: session)  // whoever sends a message meets the same error
        try await front.run(core)
        // Told to end at once: what runs is left to the next core.
        try Task.checkCancellation()
        leaving.begin()
        if kind == .ask, await core.load().running > 0 {
            let text = "cm: others are attached; their running turns are finished first (Ctrl-C stops them)\n"
            FileHandle.standardError.write(Data(text.utf8))
        }
        await core.drain()
        if leaving.wasInterrupted { throw Failure(code: Failure.interrupted, message: "interrupted") }
    }

    /// Ends the run at SIGTERM, SIGHUP and a second SIGINT.
    ///
    /// The first SIGINT calls `stop` and stops the turn; without one, each stops what runs.
    private func obey(_ received: AsyncStream<Int32>, _ leaving: Leaving, _ stop: (@Sendable () -> Void)?) async throws
    {
        var interrupts = 0
        for await number in received {
            interrupts += 1
            guard number == SIGINT, stop == nil || interrupts == 1 else {
                // First this: what waits for the end of turns waits no longer.
                residence.departure.give()
                throw Failure(code: Failure.interrupted, message: nil)
            }
            if let stop {
                leaving.interrupt()
                // First this, or a script would go on with its next line.
                stop()
            }
            if leaving.hasBegun, let hub = residence.hosted.hub {
                try await hub.interruptAll()
            } else {
                do {
                    _ = try await link.interrupt(session)
                } catch let error as HubError where error == .lost {
                    // Its events tell what became of the turn.
                }
            }
        }
        throw CancellationError()
    }

    /// Puts the choices of the command line into the session.
    private func choose() async throws {
        try await choose("profile", choices.profile)
        try await choose("mode", choices.mode?.rawValue)
        try await choose("agent", choices.agent)
    }

    private func choose(_ name: String, _ value: String?) async throws {
        guard let value else { return }
        let message = Message(text: "/\(name) \(value)", author: author, origin: .terminal, sender: sender)
        guard case .replied(let reply) = try await link.handle(message, in: session), !reply.ok else { return }
        throw Failure(code: Failure.usage, message: "--\(name): \(reply.text)")
    }
}
