import Locking
import Control
import Conversation
import Foundation
import LocalSockets
import Logging
import Processes
import ServiceLifecycle
import Settings
import Store

/// The core of a workspace as a service, with no front of its own.
struct Monitor {
    private let finder: SeatFinder
    private let grace: Duration
    private let notifier: ServiceNotifier?

    /// Finds the workspace; throws ``Failure``.
    init(_ common: CommonOptions, echoesLog: Bool, hasTelegram: Bool) throws {
        let place = try Place(common)
        let manner = CoreHost.Manner(
            kind: .monitor, name: "cm run", logLevel: common.verbose ? .debug : .info, echoesLog: echoesLog,
            hasTelegram: hasTelegram)
        finder = SeatFinder(common: common, place: place, manner: manner)
        grace = place.settings.values[.shutdownGrace]
        notifier = ServiceNotifier(environment: place.environment)
    }

    /// Runs until SIGTERM, SIGINT or SIGHUP, and lets running turns finish for as long as the grace lasts; a second
    /// signal stops them.
    func run() async throws {
        // Taken from the beginning on: a service may be asked to end while it starts. Each sees every signal.
        let (early, first, later) = (Self.signals(), Self.signals(), Self.signals())
        defer { for signals in [early, first, later] { signals.cancel() } }
        guard let (host, right) = try await take(unless: early.stream) else { return }
        for remark in host.remarks { FileHandle.standardError.write(Data("cm: \(remark.text)\n".utf8)) }
        let core = CoreService(host: host, grace: grace, notifier: notifier, interrupts: later.stream)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: core, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(
                    service: SignalService(signals: first.stream),
                    successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() })
        // Past it even what should have ended by itself is ended.
        configuration.maximumGracefulShutdownDuration = grace + .seconds(20)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            throw Failure.of(error)
        }
        withExtendedLifetime(right) {}
    }

    private static func signals() -> Signals { Signals([SIGTERM, SIGINT, SIGHUP]) }

    /// The core, and the right to have it; nil when a signal came first.
    private func take(unless signals: AsyncStream<Int32>) async throws -> (CoreHost, WorkspaceLock)? {
        try await withThrowingTaskGroup(of: (CoreHost, WorkspaceLock)?.self) { group in
            group.addTask {
                let right = try await finder.becomeMonitor()
                guard case .hosting(let host, _) = try await finder.find(for: right) else { return nil }
                return (host, right)
            }
            group.addTask {
                // Somebody else hosts, and has to finish a turn.
                try await Task.sleep(for: .seconds(1))
                let holder = WorkspaceLock.holder(in: finder.place.state).name
                let text = "waiting for \(holder) to hand over the core"
                FileHandle.standardError.write(Data("cm: \(text)\n".utf8))
                while true {
                    notifier?.send(.status(text), .extend(.seconds(30)))
                    try await Task.sleep(for: .seconds(10))
                }
            }
            group.addTask {
                for await _ in signals { return nil }
                throw CancellationError()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

/// Begins the shutdown of its group when a signal comes.
private struct SignalService: Service {
    let signals: AsyncStream<Int32>

    /// Returns at the first signal, and at the shutdown.
    func run() async throws {
        await cancelWhenGracefulShutdown { for await _ in signals { return } }
    }
}

/// The core as one of the services of the monitor.
private struct CoreService: Service {
    let host: CoreHost
    let grace: Duration
    let notifier: ServiceNotifier?
    /// The signals; those after the first stop the running turns.
    let interrupts: AsyncStream<Int32>

    /// Hosts the core; at the end running turns get their grace, and what is left stays open in the journal.
    func run() async throws {
        let link = CoreLink(clock: TimerClock())
        let departure = Signal()
        defer { link.close() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await host.run(through: link, until: departure) }
            group.addTask { await attend(until: departure) }
            // The host ends last, and when it ends by itself, the rest is over.
            try await group.next()
            if !departure.isGiven { group.cancelAll() }
            try await group.waitForAll()
        }
    }

    /// Sees to the host until it is to end, and then begins `departure`.
    private func attend(until departure: Signal) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await watch() }
            #if os(Linux)
                group.addTask {
                    await Thrift {
                        Thrift.Look(faults: ProgramPages.faults, isBusy: await host.hub.load().running > 0)
                    }.run()
                }
            #endif
            group.addTask {
                notifier?.send(.ready, .status("hosting the core, \(host.listener.path)"))
                guard await isAskedToEnd() else { return }
                notifier?.send(.stopping, .status("finishing running turns"))
                await tellOfEnd()
                // What is not finished within the grace lets go of this when the core ends.
                await host.hub.drain()
            }
            group.addTask {
                guard await isAskedToEnd() else { return }
                try? await Task.sleep(for: grace)  // cancelled: nothing runs any more
            }
            group.addTask {
                for await _ in interrupts.dropFirst() {
                    do { try await host.hub.interruptAll() } catch {}  // It ends anyway.
                }
            }
            // The first that ends is told to, or was cancelled.
            await group.next()
            departure.give()
            group.cancelAll()
        }
    }

    /// Says, here and to those who are attached, that turns are finished first.
    private func tellOfEnd() async {
        let running = await host.hub.load().running
        guard running > 0 else { return }
        let turns = running == 1 ? "1 running turn has" : "\(running) running turns have"
        let text = "cm run was told to end; \(turns) \(grace) to finish, what is sent now waits for the next core"
        FileHandle.standardError.write(Data("cm: \(text)\n".utf8))
        // A core that has just ended tells nobody.
        try? await host.hub.tell(Notice(.warn, text))
    }

    /// Waits for the shutdown; false when the service is cancelled instead.
    private func isAskedToEnd() async -> Bool {
        do {
            try await gracefulShutdown()
            return true
        } catch {
            return false
        }
    }

    /// Tells the service manager that the core answers, twice in each interval, after its loop has gone round.
    ///
    /// Goes on while turns are finished, until cancelled; without a manager it waits for that.
    private func watch() async {
        guard let notifier, let interval = notifier.watchdogInterval else {
            let (never, _) = AsyncStream<Never>.makeStream()
            for await _ in never {}
            return
        }
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: interval / 2)
                _ = try await host.hub.position(of: .terminal)
                notifier.send(.watchdog)
            } catch {
                continue  // Cancelled; or the core has ended or cannot go on: not alive.
            }
        }
    }
}
