public import Conversation
package import JSONRPC
import LocalSockets
import Locking
public import Logging

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The core of a workspace in another process, over one connection.
///
/// A class with a lock, because many tasks use it, and learn of its end, at the same time.
public final class ControlClient: Sendable {
    private enum Phase {
        case open
        case greeted(ControlGreeting)
        case closed
    }

    private let name: ClientName
    private let connection: Connection
    private let streams: RemoteStreams
    private let phase = Locked(Phase.open)
    /// What the streams tell through; empty when nothing more can be told.
    private let speaker: Locked<Connection?>
    private let converse: @Sendable (Connection) async throws -> Void

    /// Connects to the core that listens at `path`; nothing is said before ``run()``.
    ///
    /// Throws ``LocalSockets/LocalSocketError``.
    public static func connect(
        to path: String, as name: ClientName, logger: Logger = Logger(label: "control")
    ) throws -> ControlClient {
        let socket = try LocalSocket.connect(to: path)
        return ControlClient(as: name, logger: logger) { connection in
            defer { socket.close() }
            // The core is trusted: its lines are as long as they have to be.
            let transport = StreamTransport(reading: socket.chunks, limit: .max) {
                try await socket.write($0)
            } finish: {
                socket.finish()
            }
            try await connection.run(over: transport)
        }
    }

    /// A client at the other end of `transport`.
    package convenience init(
        over transport: some LineTransport, as name: ClientName = ClientName(name: "test", version: "1"),
        logger: Logger = Logger(label: "control")
    ) {
        self.init(as: name, logger: logger) { try await $0.run(over: transport) }
    }

    private init(
        as name: ClientName, logger: Logger, _ converse: @escaping @Sendable (Connection) async throws -> Void
    ) {
        self.name = name
        self.converse = converse
        // The streams tell through the connection, whose methods hand to the streams.
        let speaker = Locked<Connection?>(nil)
        let streams = RemoteStreams { number in
            do {
                try speaker.withLock(\.self)?.notify(ControlNotice.Unsubscribe(subscription: number))
            } catch {
                logger.debug("could not give up a subscription", metadata: ["error": "\(type(of: error))"])
            }
        }
        var methods = MethodTable()
        methods.on(ControlNotice.Happened.self) { notice in
            if let record = notice.record { streams.take(record, for: notice.subscription) }
        }
        methods.on(ControlNotice.Ended.self) { streams.end($0.subscription) }
        connection = Connection(methods: methods, logger: logger) { ControlNotice.Cancel(id: $0) }
        self.streams = streams
        self.speaker = speaker
        speaker.withLock { [connection] in $0 = connection }
    }

    /// Reads until the other side closes, the connection breaks or the task is cancelled.
    ///
    /// Called once. When it returns or throws, every stream of events has ended, and whatever is asked later throws
    /// ``HubError/closed``. Throws `CancellationError`, and what breaks the connection.
    public func run() async throws {
        defer {
            phase.withLock { $0 = .closed }
            streams.closeAll()
            speaker.withLock { $0 = nil }
        }
        try await converse(connection)
    }

    /// How many streams of events are read.
    package var subscriptions: Int { streams.count }

    /// What the core said of itself and of this process; nil before ``initialize(session:key:)``.
    public var greeting: ControlGreeting? {
        guard case .greeted(let greeting) = phase.withLock(\.self) else { return nil }
        return greeting
    }

    /// Says who this is: the first call, when ``run()`` has begun, or is about to.
    ///
    /// An agent's program names the session and the key that it was given, and may call tools then. Throws
    /// ``ControlError`` with `incompatible` or `refused`, and ``HubError`` when the core goes.
    @discardableResult
    public func initialize(session: SessionID? = nil, key: String? = nil) async throws -> ControlGreeting {
        let response = try await send(
            ControlCall.Initialize(protocol: .ours, client: name, session: session?.rawValue, key: key))
        let greeting = ControlGreeting(response)
        phase.withLock { phase in
            if case .open = phase { phase = .greeted(greeting) }
        }
        return greeting
    }

    /// Asks, and translates why there is no answer.
    func send<R: Request & Encodable>(_ request: R) async throws -> R.Response where R.Response: Decodable {
        if case .closed = phase.withLock(\.self) { throw HubError.closed }
        do {
            return try await connection.send(request)
        } catch let error as RPCError {
            switch error.code {
            case .closed: throw HubError(code: .closed, description: error.message)
            case .notStored: throw HubError(code: .notStored, description: error.message)
            case .internalError, .tooMany: throw HubError(code: .failed, description: error.message)
            default: throw ToolRefusal(error) ?? ControlError(error) as any Error
            }
        } catch let error as ConnectionError {
            throw error.code == .closed ? HubError.lost : ControlError(error) as any Error
        }
    }
}

extension ControlClient {
    /// The answer to `query`, for people.
    public func report(_ query: Query, for session: SessionID) async throws -> String {
        try await send(ControlCall.Report(session: SessionName(session), query: QueryForm(query))).text
    }

    /// Has the core forget a session; throws ``ControlError``.
    public func delete(_ session: SessionID, force: Bool) async throws {
        _ = try await send(ControlCall.DeleteSession(session: SessionName(session), force: force ? true : nil))
    }

    /// Has the core take in the file of an earlier system; throws ``ControlError``.
    public func take(_ file: Data) async throws -> ImportedSession {
        let taken = try await send(ControlCall.ImportSession(file: file))
        return ImportedSession(text: taken.text, warnings: taken.warnings)
    }

    /// Asks the host to hand the core over to this process; returns when it has agreed.
    ///
    /// Throws ``ControlError`` with `notHandedOver` and the reason when it does not.
    public func handOver() async throws { _ = try await send(ControlCall.HandOver()) }

    /// Begins to read the events of a session.
    func subscribe(
        to session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        let (number, stream) = streams.open()
        do {
            _ = try await send(
                ControlCall.Subscribe(
                    session: SessionName(session), subscription: number, after: bookmark.map(BookmarkForm.init),
                    answers: answers ? true : nil))
        } catch {
            streams.close(number)
            throw error
        }
        return stream
    }
}
