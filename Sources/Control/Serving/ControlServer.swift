public import Conversation
package import JSONRPC
public import LocalSockets
import Locking
public import Logging

/// Serves the core of a workspace to other processes of the same user.
///
/// Each connection is one JSON-RPC conversation. A client that does not read holds back its own subscriptions and nobody
/// else; what is kept for it is bounded.
///
/// A class with a lock, because the owner ends it and asks about it while it runs.
public final class ControlServer: Sendable {
    let core: Hub
    let configuration: Configuration
    let logger: Logger
    let leaving = Signal()
    let lines = EventLines()
    /// Where all subscriptions are told.
    let telling = TellingQueue()
    private let attached = Locked(0)

    /// Creates a server that does nothing until ``run(on:)``.
    ///
    /// - Parameters:
    ///   - core: What is served.
    ///   - configuration: Who may do what.
    ///   - logger: Told of faulty clients at `debug`, and of nothing that they say.
    public init(core: Hub, configuration: Configuration, logger: Logger = Logger(label: "control")) {
        self.core = core
        self.configuration = configuration
        self.logger = logger
    }

    /// How many persons are attached; agents and those that have not said who they are do not count.
    public var persons: Int { attached.withLock(\.self) }

    /// Serves whoever connects, until ``leave()`` or the end of `listener`, or until the task is cancelled.
    ///
    /// When it returns or throws, no client is connected any more and `listener` is closed. Throws
    /// `CancellationError`, and what ends the listener.
    public func run(on listener: LocalListener) async throws {
        defer { listener.close() }
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                await self.leaving.wait()
                listener.close()
            }
            for try await socket in listener.connections {
                group.addTask { await self.serve(socket) }
            }
            // However the listener ended.
            leave()
        }
        try Task.checkCancellation()
    }

    /// Lets nobody new in, and ends the conversations with those who are there.
    ///
    /// For the end of the core: running subscriptions get their last events and are told that it is closed, then the
    /// connections are closed, at the latest after the patience of the configuration.
    public func leave() { leaving.give() }

    private func serve(_ socket: LocalSocket) async {
        defer { socket.close() }
        let transport = StreamTransport(reading: socket.chunks, limit: configuration.lineLimit) {
            socket.writeNow($0)
        } write: {
            try await socket.write($0)
        } finish: {
            socket.finish()
        }
        await serve(transport, from: socket.peer)
    }

    /// Serves one client until it goes, the server leaves or the task is cancelled.
    package func serve(_ transport: some LineTransport, from peer: Peer) async {
        guard peer.uid == configuration.userID else { return await refuse(transport) }
        let client = ServedClient(of: self, judgedAs: await configuration.judge(peer.pid))
        await client.run(over: transport)
    }

    /// Answers the first request of another user's process with why it is not served.
    private func refuse(_ transport: some LineTransport) async {
        logger.warning("a process of another user tried to connect")
        let error = RPCError.notAllowed("this core belongs to another user")
        let answered = Signal()
        var methods = MethodTable()
        methods.onEverythingElse { incoming in
            guard case .request(_, let reply) = incoming, !answered.isGiven else { return false }
            do {
                try reply.refuse(error)
            } catch {
                return false
            }
            answered.give()
            return true
        }
        let connection = Connection(methods: methods, logger: logger, manners: .init(requestLimit: 1))
        await withTaskGroup { group in
            group.addTask { await self.converse(connection, over: transport) }
            group.addTask {
                // Cut short by the end of the conversation alone.
                try? await Task.sleep(for: self.configuration.patience)
            }
            group.addTask {
                await answered.wait()
                connection.finish()
                try? await Task.sleep(for: self.configuration.patience)
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Runs a conversation to its end, however that comes.
    func converse(_ connection: Connection, over transport: some LineTransport) async {
        do {
            try await connection.run(over: transport)
        } catch {
            // Clients come and go; what they sent is not repeated here.
            logger.debug("a client's conversation ended early", metadata: ["error": "\(type(of: error))"])
        }
    }

    func attach() { attached.withLock { $0 += 1 } }
    func detach() { attached.withLock { $0 -= 1 } }
}
