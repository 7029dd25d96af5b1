import Locking
import LocalSockets
import AgentShell
import Processes
import Store
import Control
import Conversation
import Foundation
import Logging

extension CoreHost {
    /// Runs the core and serves it through `link` until a monitor wants to host, or `departure` begins.
    ///
    /// When it returns, nothing is left of it, and the workspace can be had by others. For a monitor running turns are
    /// finished first; at a departure they stay open in the journal. Throws what a part of it ended with.
    func run(through link: CoreLink, until departure: Signal) async throws {
        defer { lock.release() }
        // First of all, as what an earlier run has left behind may hold the threads that are to be resumed.
        _ = await custody.reap()
        logger.info("hosting the core", metadata: ["pid": "\(getpid())", "socket": "\(listener.path)"])
        if let invitation { logger.info("\(invitation)") }
        link.serve(by: hub)
        defer { link.lose() }
        await tellOwnerOfRemarks()
        // Outlives the core, for what that hands in at last.
        async let keeping: Void = chronicle.run()
        // Takes leave of those who are attached, once the core has ended.
        let broken = Signal()
        async let serving = Result {
            defer { broken.give() }
            try await server.run(on: listener)
        }
        let ends = await withTaskGroup(of: Result<Void, any Error>.self) { group in
            group.addTask { await Result { await fleet.pool.run() } }
            group.addTask { await Result { try await follower.run() } }
            group.addTask { await Result { try await hub.run() } }
            group.addTask {
                await broken.wait()
                return .failure(CancellationError())
            }
            group.addTask {
                await Result {
                    await departure.wait()
                    await telegram?.leave()
                }
            }
            group.addTask { await Result { try await watchAgents() } }
            if let telegram {
                group.addTask {
                    let shelf = WorkspaceShelf { try await hub.workingDirectory(of: $0) }
                    // A core that has ended tells nobody.
                    await telegram.run(hub, beside: .init(shelf: shelf, door: hub)) { notice in
                        try? await hub.tell(notice)
                    }
                    // The core goes on without it.
                    await departure.wait()
                    return .success(())
                }
            }
            group.addTask {
                await Result {
                    for await _ in handOvers {
                        logger.info("handing the core over to a monitor")
                        if await hub.load().running > 0 {
                            let text =
                                "a monitor takes over when the running turns have ended; what is sent now waits for it"
                            try await hub.tell(Notice(.info, text))
                        }
                        await hub.drain()
                        await telegram?.leave()
                        return
                    }
                    throw CancellationError()
                }
            }
            var ends: [Result<Void, any Error>] = []
            for await end in group {
                ends.append(end)
                group.cancelAll()
            }
            return ends
        }
        // Nobody failed: it was told to end.
        if case .success? = ends.first { await spareCutOffTurns() }
        server.leave()
        let served = await serving
        listener.close()
        chronicle.close()
        await keeping
        guard let error = Self.cause(of: ends + [served]) else { return logger.info("hosting ended") }
        logger.error("hosting ended", metadata: ["error": "\(error)"])
        throw error
    }

    /// Has the next core know that what was cut off did not crash.
    private func spareCutOffTurns() async {
        do {
            try await hub.spareCutOffTurns()
        } catch {
            // The next core then takes them for turns that a crash has hit, as it must.
            logger.error("turns that were cut off could not be spared", metadata: ["error": "\(error)"])
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
        return errors.first { !($0 is CancellationError) && ($0 as? HubError) != .closed } ?? first
    }

    /// Tells what was mended at the start to the owner, who sees no terminal.
    private func tellOwnerOfRemarks() async {
        guard telegram != nil else { return }
        for remark in remarks {
            let key = "start/\(Timestamp.now.millisecondsSince1970)/\(remark.text)"
            do {
                try await hub.notify(Announcement(.critical, key: key, remark.text, of: "database"))
            } catch {
                logger.error("the owner could not be told", metadata: ["error": "\(error)"])
            }
        }
    }
}
