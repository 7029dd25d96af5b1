import Foundation
import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RequestLimitTests {
    /// Counts the calls it serves, which end when its gate is open.
    private func gated(_ gate: Gate) -> MethodTable {
        var methods = MethodTable()
        methods.on(Echo.self) { echo in
            try await gate.pass()
            return echo
        }
        methods.on(Sleep.self) { _ in
            try await Task.sleep(for: .seconds(3600))
            return Empty()
        }
        return methods
    }

    private func echo(_ id: Int) -> String { #"{"id":\#(id),"method":"echo","params":{"text":""}}"# }

    @Test func `no more requests are served at once than the limit`() async throws {
        let (begun, begin) = AsyncStream<Reply>.makeStream()
        var methods = MethodTable()
        methods.onEverythingElse { incoming in
            if case .request(_, let reply) = incoming { begin.yield(reply) }
            return true
        }
        let transport = LockstepTransport()
        let run = Task { try await Connection(methods: methods, manners: .init(requestLimit: 3)).run(over: transport) }
        var replies = begun.makeAsyncIterator()
        var open: [Reply] = []
        for id in 0..<3 {
            transport.lines.say(echo(id))
            open.append(try #require(await replies.next()))
        }
        // Said, and not asked for.
        transport.lines.say(echo(3))
        #expect(transport.lines.taken == 3)
        try open[1].send(Empty())
        #expect(await replies.next()?.id == .number(3))
        #expect(transport.lines.taken == 4)
        run.cancel()
        _ = await run.result
    }

    @Test func `all is answered in the end, whatever the limit`() async throws {
        for limit in [1, 2, 7] {
            try await withPeer(.echo, manners: .init(answersBadInput: true, requestLimit: limit)) { _, peer in
                for id in 0..<100 {
                    switch id % 3 {
                    case 0: peer.say("garbage")
                    case 1: peer.say(#"{"id":\#(id),"method":"unknown"}"#)
                    default: peer.say(echo(id))
                    }
                }
                var (errors, results) = (0, 0)
                for _ in 0..<100 {
                    let answer = try await peer.hear()
                    if answer?.error == nil { results += 1 } else { errors += 1 }
                }
                #expect(results == 33 && errors == 67)
            }
        }
    }

    @Test func `a request that was given up makes room`() async throws {
        let gate = Gate()
        try await withPeer(gated(gate), manners: .init(requestLimit: 1)) { connection, peer in
            peer.say(echo(1))
            await gate.reached(1)
            peer.say(echo(2))
            connection.cancelServing(.number(1))
            await gate.reached(2)
            gate.open()
            let answer = try await peer.hear()
            #expect(answer?.id == .number(2))
        }
    }

    @Test func `an answer that the peer does not read counts until it is written`() async throws {
        let transport = SluggishTransport()
        let served = Counter()
        var methods = MethodTable()
        methods.on(Echo.self) { echo in
            served.add()
            return echo
        }
        let run = Task { try await Connection(methods: methods, manners: .init(requestLimit: 2)).run(over: transport) }
        for id in 0..<100 { transport.say(echo(id)) }
        await transport.gate.reached()
        // The first answer is at the gate; behind it at most one more.
        #expect(served.count <= 2)
        transport.gate.open()
        await transport.gate.reached(100)
        #expect(served.count == 100)
        transport.end.finish()
        try await run.value
    }

    @Test func `a conversation that is full ends when it is cancelled`() async throws {
        let gate = Gate()
        let (left, right) = PipeEnd.pair()
        let connection = Connection(methods: gated(gate), manners: .init(requestLimit: 1))
        let run = Task { try await connection.run(over: left) }
        right.write(echo(1))
        await gate.reached()
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test func `a conversation that is full and cannot write goes on to the last words`() async throws {
        let transport = SluggishTransport(isBroken: true)
        transport.gate.open()
        let (heard, hear) = AsyncStream<Int>.makeStream()
        var methods = MethodTable.echo
        methods.on(Say.self) { hear.yield($0.number) }
        let connection = Connection(methods: methods, manners: .init(requestLimit: 1))
        let run = Task { try await connection.run(over: transport, patience: .seconds(3600)) }
        transport.say(echo(1))
        transport.say(#"{"method":"say","params":{"number":5}}"#)
        for await number in heard {
            #expect(number == 5)
            break
        }
        transport.end.finish()
        try await run.value
    }
}

/// A transport that tells how many lines were asked for.
private struct LockstepTransport: LineTransport {
    let lines = Lines()

    func write(_ line: Data) {}
    func finish() {}

    struct Lines: AsyncSequence, Sendable {
        private let stream: AsyncThrowingStream<Data, any Error>
        private let continuation: AsyncThrowingStream<Data, any Error>.Continuation
        private let counter = Counter()

        init() { (stream, continuation) = AsyncThrowingStream.makeStream() }

        var taken: Int { counter.count }
        func say(_ line: String) { continuation.yield(Data(line.utf8)) }
        func makeAsyncIterator() -> Iterator { Iterator(inner: stream.makeAsyncIterator(), counter: counter) }

        struct Iterator: AsyncIteratorProtocol {
            var inner: AsyncThrowingStream<Data, any Error>.Iterator
            let counter: Counter

            mutating func next() async throws -> Data? { try await next(isolation: #isolation) }

            mutating func next(isolation actor: isolated (any Actor)?) async throws -> Data? {
                let line = try await inner.next(isolation: actor)
                counter.add()
                return line
            }
        }
    }
}
