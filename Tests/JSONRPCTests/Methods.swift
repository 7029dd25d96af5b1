import Foundation
import JSONRPC
import TestSupport

struct Echo: Request, Codable, Hashable {
    static let method = "echo"
    typealias Response = Echo
    var text: String
}

/// Never answered by itself.
struct Sleep: Request, Codable {
    static let method = "sleep"
    typealias Response = Empty
}

struct Say: JSONRPC.Notification, Codable {
    static let method = "say"
    var number: Int
}

struct Cancelled: JSONRPC.Notification, Codable {
    static let method = "notifications/cancelled"
    var requestId: RequestID
}

extension MethodTable {
    static var echo: MethodTable {
        var table = MethodTable()
        table.on(Echo.self) { $0 }
        table.on(Sleep.self) { _ in
            try await Task.sleep(for: .seconds(3600))
            return Empty()
        }
        return table
    }
}

/// Runs `body` against a connected pair, and ends both connections with it.
func withPair(
    _ clientMethods: MethodTable = MethodTable(),
    serving methods: MethodTable = .echo,
    _ body: (_ client: Connection, _ server: Connection) async throws -> Void
) async throws {
    let (left, right) = PipeEnd.pair()
    let client = Connection(methods: clientMethods) { Cancelled(requestId: $0) }
    let server = Connection(methods: methods)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await client.run(over: left) }
        group.addTask { try await server.run(over: right) }
        try await body(client, server)
        group.cancelAll()
    }
}

/// Runs `body` with a connection and the bare other end of its transport.
func withPeer(
    _ methods: MethodTable = MethodTable(),
    manners: Connection.Manners = Connection.Manners(),
    _ body: (_ connection: Connection, _ peer: Peer) async throws -> Void
) async throws {
    let (left, right) = PipeEnd.pair()
    let connection = Connection(methods: methods, manners: manners)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await connection.run(over: left) }
        try await body(connection, Peer(end: right))
        group.cancelAll()
    }
}

/// A peer that says exactly what a test writes.
final class Peer {
    let end: PipeEnd
    private var iterator: AsyncThrowingStream<Data, any Error>.Iterator

    init(end: PipeEnd) {
        self.end = end
        iterator = end.lines.makeAsyncIterator()
    }

    func say(_ line: String) { end.write(line) }

    /// The next message; `nil` at the end.
    func hear() async throws -> Message? {
        try await iterator.next(isolation: #isolation).map { try JSONDecoder().decode(Message.self, from: $0) }
    }

    struct Message: Decodable, Hashable {
        var id: RequestID?
        var method: String?
        var params: JSONValue?
        var result: JSONValue?
        var error: RPCError?
    }
}
