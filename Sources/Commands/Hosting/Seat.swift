import Control
import Conversation
import Foundation
import LocalSockets
import Store

/// Where this process stands towards the core of its workspace.
enum Seat: Sendable {
    /// The core is here; with it what makes the process the monitor, if it is.
    case hosting(CoreHost, WorkspaceLock?)
    /// The core is in another process, and can be reached; who has it, for people.
    case attached(ControlClient, String)
}

/// Finds out who hosts the core of a workspace, and hosts it where nobody does.
struct SeatFinder: Sendable {
    let common: CommonOptions
    let place: Place
    let manner: CoreHost.Manner

    /// How long a process that has the workspace may take until it can be reached.
    private static let patience = Duration.seconds(15)
    /// How often it is looked for; it is a matter of a few system calls.
    private static let pause = Duration.milliseconds(10)

    /// What is written down as the holder.
    private var name: String { manner.name }

    /// The seat of this process: the core's own where nobody has it, else at that of whoever has it.
    ///
    /// With `monitor`, the right to be it, the core's own: whoever has that is asked to hand it over. Throws
    /// ``Failure``; on cancellation `CancellationError`.
    func find(for monitor: WorkspaceLock? = nil) async throws -> Seat {
        let deadline = ContinuousClock.now + Self.patience
        var asked: String?
        while true {
            if let lock = try take(isMonitor: monitor != nil), let host = try host(with: lock, until: deadline) {
                return .hosting(host, monitor)
            }
            let holder = WorkspaceLock.holder(in: place.state)
            if monitor == nil {
                if let client = try connect(to: holder) { return .attached(client, holder.name) }
                guard ContinuousClock.now < deadline else {
                    throw Failure(
                        code: Failure.unavailable,
                        message: """
                            the workspace \(place.workspace.path) is in use by \(holder.name), which does not answer
                            """)
                }
            } else if asked != holder.name, let client = try connect(to: holder) {
                asked = holder.name
                try await Self.askToHandOver(client)
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    /// The core here; nil, with the lock released, when the one before has not quite gone.
    private func host(with lock: WorkspaceLock, until deadline: ContinuousClock.Instant) throws -> CoreHost? {
        // The settings may have changed since this process was attached, or be there only now: the first look at them may
        // have made the user's file. Broken ones leave those before in force.
        let place = (try? Place(common)) ?? place
        do {
            return try CoreHost(place, manner, holding: lock)
        } catch let error as LocalSocketError {
            lock.release()
            guard error.code == .inUse, ContinuousClock.now < deadline else {
                throw Failure(code: Failure.unavailable, message: error.description)
            }
            return nil
        }
    }

    /// The right to be the monitor of the workspace; throws ``Failure`` when another process is.
    func becomeMonitor() async throws -> WorkspaceLock {
        // Whoever looks whether there is one holds it for a moment.
        for attempt in 0...20 {
            do {
                try place.state.prepare()
                return try WorkspaceLock(.monitor, in: place.state, holder: name)
            } catch let error as StoreError where error.code == .held {
                guard attempt == 20 else {
                    try await Task.sleep(for: Self.pause)
                    continue
                }
                throw Failure(
                    code: Failure.held,
                    message: "the workspace \(place.workspace.path) has a monitor already: \(error.description)")
            } catch let error as StoreError {
                throw Failure(code: Failure.unavailable, message: error.description)
            }
        }
        throw CancellationError()
    }

    /// The core's lock; nil while another process has it, or a monitor is there to take it.
    private func take(isMonitor: Bool) throws -> WorkspaceLock? {
        do {
            try place.state.prepare()
            if !isMonitor, WorkspaceLock.isHeld(.monitor, in: place.state) { return nil }
            return try WorkspaceLock(in: place.state, holder: name)
        } catch let error as StoreError where error.code == .held {
            return nil
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        }
    }

    /// A connection to whoever holds the core; nil when it cannot be had yet, or no longer.
    private func connect(to holder: WorkspaceLock.Holder) throws -> ControlClient? {
        guard let socket = holder.socket else { return nil }
        do {
            return try ControlClient.connect(to: socket, as: ClientName(name: name, version: Program.version))
        } catch let error as LocalSocketError {
            switch error.code {
            case .notFound, .refused, .busy: return nil
            default: throw Failure(code: Failure.unavailable, message: error.description)
            }
        }
    }

    /// Asks the core behind `client` to let the monitor host.
    private static func askToHandOver(_ client: ControlClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            // One that goes away at once has handed over, too.
            group.addTask { try? await client.run() }
            group.addTask {
                do {
                    _ = try await client.initialize()
                    try await client.handOver()
                } catch let error as ControlError {
                    throw Failure(code: Failure.unavailable, message: error.description)
                } catch is HubError {}
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
