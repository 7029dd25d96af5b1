import Conversation
import JSONRPC
import Locking

/// One client of the server, and what it may do.
///
/// A class with a lock, because its requests are served at the same time.
final class ServedClient: Sendable {
    /// What a client may do.
    enum Access: Hashable, Sendable {
        case person
        /// The tools of its session; of none when it proved to belong to none.
        case agent(SessionID?, reason: String)
    }

    private enum Phase {
        /// It has not said who it is.
        case unknown
        case known(ClientName, Access)
    }

    private struct State {
        var phase = Phase.unknown
        var subscriptions = SubscriptionTable()
    }

    let server: ControlServer
    let role: PeerRole
    private let state = Locked(State())
    private let connection = Locked<Connection?>(nil)
    private let begun: AsyncStream<ServedSubscription>
    private let begin: AsyncStream<ServedSubscription>.Continuation

    var core: Hub { server.core }

    init(of server: ControlServer, judgedAs role: PeerRole) {
        self.server = server
        self.role = role
        // At most as many as there may be subscriptions.
        (begun, begin) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    private enum End { case ofConversation, ofSubscriptions, ofPatience }

    /// Serves the client until it goes, the server leaves or the task is cancelled.
    func run(over transport: some LineTransport) async {
        let connection = Connection(
            methods: methods, logger: server.logger,
            manners: .init(answersBadInput: true, requestLimit: SubscriptionTable.limit))
        self.connection.withLock { $0 = connection }
        defer {
            // The connection's methods hold this client.
            self.connection.withLock { $0 = nil }
            if case .known(_, .person) = state.withLock(\.phase) { server.detach() }
        }
        await withTaskGroup(of: End.self) { group in
            group.addTask {
                await self.server.converse(connection, over: transport)
                return .ofConversation
            }
            group.addTask {
                await withDiscardingTaskGroup { group in
                    for await subscription in self.begun {
                        group.addTask { await self.serve(subscription, through: connection) }
                    }
                }
                // Only when the server leaves.
                connection.finish()
                return .ofSubscriptions
            }
            group.addTask {
                await self.server.leaving.wait()
                self.begin.finish()
                // Cut short by the end of the conversation alone.
                try? await Task.sleep(for: self.server.configuration.patience)
                return .ofPatience
            }
            for await end in group where end != .ofSubscriptions { break }
            group.cancelAll()
        }
    }

    private func serve(_ subscription: ServedSubscription, through connection: Connection) async {
        await subscription.run(through: connection, server.logger)
        state.withLock { $0.subscriptions.remove(subscription.number) }
    }

    /// Gives up serving a request of the client.
    func cancel(_ id: RequestID) { connection.withLock(\.self)?.cancelServing(id) }
}

// MARK: Who it is

extension ServedClient {
    /// Takes in who the client is.
    ///
    /// Throws when it did so before.
    func introduce(_ name: ClientName, as access: Access) throws {
        try state.withLock { state in
            guard case .unknown = state.phase else {
                throw RPCError(code: .invalidRequest, message: "initialize was called before")
            }
            state.phase = .known(name, access)
        }
        if access == .person { server.attach() }
    }

    /// Who the client is and what it may do; throws when it has not said so.
    func introduced() throws -> (name: ClientName, access: Access) {
        guard case .known(let name, let access) = state.withLock(\.phase) else {
            throw RPCError(code: .notInitialized, message: "the first request has to be initialize")
        }
        return (name, access)
    }

    /// The client's name; throws when it is no person.
    @discardableResult func person(for method: String) throws -> ClientName {
        let (name, access) = try introduced()
        guard case .agent(_, let reason) = access else { return name }
        throw RPCError.notAllowed(
            "\(method) is for people, and \(reason): agents may only call the tools of their own session")
    }
}

// MARK: Its subscriptions

extension ServedClient {
    /// Begins a subscription, and returns its number.
    func subscribe(_ call: ControlCall.Subscribe) async throws -> Int {
        let (ended, end) = AsyncStream<Never>.makeStream()
        let number: Int
        do {
            number = try state.withLock { try $0.subscriptions.add(call.subscription, endedBy: end) }
        } catch let refusal as SubscriptionTable.Refusal {
            throw Self.error(of: refusal)
        }
        do {
            let feed = try await EventFeed(
                of: call.session.id, in: core, after: call.after?.bookmark, answers: call.answers ?? false)
            let subscription = ServedSubscription(
                number: number, feed: feed, ended: ended, lines: server.lines,
                telling: server.telling)
            guard case .enqueued = begin.yield(subscription) else { throw HubError.closed }
            return number
        } catch {
            state.withLock { $0.subscriptions.remove(number) }
            throw error
        }
    }

    private static func error(of refusal: SubscriptionTable.Refusal) -> any Error {
        switch refusal {
        case .tooMany:
            RPCError(code: .tooMany, message: "a connection has at most \(SubscriptionTable.limit) subscriptions")
        case .inUse:
            RPCError.invalid("subscription", of: ControlCall.Subscribe.method, "is in use")
        case .givenUp:
            CancellationError()
        }
    }

    /// Ends a subscription, if there is one.
    func unsubscribe(_ number: Int) { state.withLock { $0.subscriptions.giveUp(number) }?.finish() }
}
