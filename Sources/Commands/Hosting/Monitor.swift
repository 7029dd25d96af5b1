import UnixSignals
import Settings
import Control
import Conversation
import Foundation
import LocalSockets
import Logging
import ServiceLifecycle
import Store

/// The core of a workspace as a service, with no front of its own.
struct Monitor {
    private let finder: SeatFinder
    private let grace: Duration
    private let notifier: ServiceNotifier?

    /// Finds the workspace; throws ``Failure``.
    init(_ common: CommonOptions, echoesLog: Bool) throws {
        let place = try Place(common)
        let manner = CoreHost.Manner(
            kind: .monitor, logLevel: common.verbose ? .debug : .info, echoesLog: echoesLog)
        finder = SeatFinder(common: common, place: place, manner: manner)
        grace = place.settings.values[.shutdownGrace]
        notifier = ServiceNotifier(environment: place.environment)
    }

    /// Runs until SIGTERM, SIGINT or SIGHUP, and lets running turns finish for as long as the grace lasts.
    func run() async throws {
        let right = try await finder.becomeMonitor()
        guard case .hosting(let host, _) = try await finder.find(for: right) else { return }
        for remark in host.remarks { FileHandle.standardError.write(Data("cm: \(remark.text)\n".utf8)) }
        let core = CoreService(host: host, grace: grace, notifier: notifier)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: core, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: Watchdog(hub: host.hub, notifier: notifier)),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup],
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
}

/// The core as one of the services of the monitor.
private struct CoreService: Service {
    let host: CoreHost
    let grace: Duration
    let notifier: ServiceNotifier?

    /// Hosts the core; at the end running turns get their grace, and what is left stays open in the journal.
    func run() async throws {
        let link = CoreLink(clock: TimerClock())
        let departure = Departure()
        defer { link.close() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await host.run(through: link, until: departure) }
            group.addTask {
                notifier?.send(.ready, .status("hosting the core, \(host.listener.path)"))
                // Thrown past only when the service is cancelled, which ends all the same.
                try? await gracefulShutdown()
                notifier?.send(.stopping, .status("finishing running turns"))
                await finish()
                departure.begin()
            }
            // The host ends last, whatever ends it.
            for try await _ in group where departure.hasBegun == false { group.cancelAll() }
        }
    }

    /// Returns when no turn runs any more, or the grace is over.
    private func finish() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await host.hub.drain() }
            group.addTask { try? await Task.sleep(for: grace) }  // cancelled: all turns have ended
            await group.next()
            group.cancelAll()
            // What still runs is left to the next core, and its waiting for it ends with this one.
        }
    }
}

/// Tells the service manager that the core answers.
private struct Watchdog: Service {
    let hub: Hub
    let notifier: ServiceNotifier?

    /// Says so twice in each interval, after the core's loop has gone round; without a manager waits for the end.
    func run() async throws {
        guard let notifier, let interval = notifier.watchdogInterval else {
            try await gracefulShutdown()
            return
        }
        try await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: interval / 2)
                _ = try await hub.position(of: SessionID(rawValue: "tty:default"))
                notifier.send(.watchdog)
            }
        }
    }
}
