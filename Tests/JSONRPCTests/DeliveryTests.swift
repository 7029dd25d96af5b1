import Foundation
import JSONRPC
import TestSupport
import Testing

/// What is sent with care for whether the peer reads it.
@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    @Test func `a delivery returns when its line was written`() async throws {
        let transport = SluggishTransport()
        let connection = Connection()
        let run = Task { try await connection.run(over: transport) }
        let isDelivered = Flag()
        let delivering = Task {
            try await connection.deliver(Say(number: 1))
            isDelivered.set()
        }
        await transport.gate.reached()
        #expect(!isDelivered.isSet)
        transport.gate.open()
        try await delivering.value
        #expect(transport.written == [#"{"jsonrpc":"2.0","method":"say","params":{"number":1}}"#].map { $0.count })
        run.cancel()
        _ = await run.result
    }

    @Test func `deliveries, notifications, requests and answers leave in the order of the calls`() async throws {
        try await withPeer(.echo) { connection, peer in
            for number in 0..<100 {
                switch number % 3 {
                case 0: try connection.notify(Say(number: number))
                case 1: try await connection.deliver(Say(number: number))
                default: try await connection.deliver(line: Connection.line(for: Say(number: number)))
                }
            }
            for number in 0..<100 {
                let said = try await peer.hear()
                #expect(said?.params?["number"] == .integer(number))
            }
        }
    }

    @Test func `one line serves any number of connections`() async throws {
        let line = try Connection.line(for: Say(number: 7))
        for _ in 0..<3 {
            try await withPeer { connection, peer in
                try await connection.deliver(line: line)
                let said = try #require(try await peer.hear())
                #expect(said.method == "say" && said.params == ["number": 7] && said.id == nil)
            }
        }
    }

    @Test func `cancelling a delivery ends its wait at once`() async throws {
        let transport = SluggishTransport()
        let connection = Connection()
        let run = Task { try await connection.run(over: transport) }
        let delivering = Task { try await connection.deliver(Say(number: 1)) }
        await transport.gate.reached()
        delivering.cancel()
        await #expect(throws: CancellationError.self) { try await delivering.value }
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await connection.deliver(Say(number: 2))
        }
        await #expect(throws: CancellationError.self) { try await early.value }
        transport.gate.open()
        try await connection.deliver(Say(number: 3))
        // The first went out all the same, the second never.
        #expect(transport.written.count == 2)
        run.cancel()
        _ = await run.result
    }

    @Test func `the end of the conversation fails the deliveries that wait, and later ones`() async throws {
        let transport = SluggishTransport()
        let connection = Connection()
        let run = Task { try await connection.run(over: transport) }
        let writing = Task { try await connection.deliver(Say(number: 1)) }
        await transport.gate.reached()
        let queued = Task { try await connection.deliver(Say(number: 2)) }
        transport.end.finish()
        await #expect(throws: ConnectionError.closed) { try await writing.value }
        await #expect(throws: ConnectionError.closed) { try await queued.value }
        try await run.value
        await #expect(throws: ConnectionError.closed) { try await connection.deliver(Say(number: 3)) }
    }

    @Test func `a failed write fails the deliveries at once, while the last words are read`() async throws {
        let transport = SluggishTransport(isBroken: true)
        transport.gate.open()
        let connection = Connection()
        let run = Task { try await connection.run(over: transport, patience: .seconds(3600)) }
        await #expect(throws: ConnectionError.closed) { try await connection.deliver(Say(number: 1)) }
        transport.end.finish()
        try await run.value
    }

    @Test func `after finishing, what was queued is delivered and what comes later refused`() async throws {
        let transport = SluggishTransport()
        let connection = Connection()
        let run = Task { try await connection.run(over: transport) }
        let queued = Task { try await connection.deliver(Say(number: 1)) }
        await transport.gate.reached()
        connection.finish()
        await #expect(throws: ConnectionError.closed) { try await connection.deliver(Say(number: 2)) }
        transport.gate.open()
        try await queued.value
        transport.end.finish()
        try await run.value
    }
}
