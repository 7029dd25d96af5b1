import Foundation
import JSONRPC
import TestSupport
import Testing

/// Every way in which a call or a conversation ends.
@Suite(.timeLimit(.minutes(1))) struct EndingTests {
    private struct Broken: Error {}

    @Test func `a closed peer fails what waits and what comes later`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection()
        let peer = Peer(end: right)
        async let run: Void = connection.run(over: left)
        let waiting = Task { try await connection.send(Sleep()) }
        _ = try await peer.hear()
        peer.end.finish()
        await #expect(throws: ConnectionError.closed) { try await waiting.value }
        try await run
        await #expect(throws: ConnectionError.closed) { try await connection.send(Echo(text: "late")) }
        try connection.notify(Say(number: 1))
    }

    @Test func `a broken transport fails what waits and says why`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection()
        let peer = Peer(end: right)
        let run = Task { try await connection.run(over: left) }
        let waiting = Task { try await connection.send(Sleep()) }
        _ = try await peer.hear()
        peer.end.fail(Broken())
        await #expect(throws: Broken.self) { try await run.value }
        await #expect(throws: ConnectionError.closed) { try await waiting.value }
    }

    /// A peer that does not read.
    private final class Deaf: LineTransport {
        let (lines, said) = AsyncThrowingStream<Data, any Error>.makeStream()
        let (failed, failing) = AsyncStream<Void>.makeStream()

        func write(_ line: Data) throws {
            failing.yield()
            throw Broken()
        }

        func finish() {}
    }

    @Test func `a failing write ends the conversation, though the peer stays`() async throws {
        let connection = Connection()
        let waiting = Task { try await connection.send(Sleep()) }
        await #expect(throws: Broken.self) { try await connection.run(over: Deaf(), patience: .zero) }
        await #expect(throws: ConnectionError.closed) { try await waiting.value }
    }

    @Test func `what a peer said before it went in the middle of a write still arrives`() async throws {
        let connection = Connection()
        let peer = Deaf()
        let run = Task { try await connection.run(over: peer, patience: .seconds(3600)) }
        let waiting = Task { try await connection.send(Echo(text: "")) }
        for await _ in peer.failed { break }
        peer.said.yield(Data(#"{"id":1,"result":{"text":"last words"}}"#.utf8))
        #expect(try await waiting.value.text == "last words")
        peer.said.finish()
        try await run.value
        await #expect(throws: ConnectionError.closed) { try await connection.send(Echo(text: "late")) }
    }

    @Test func `cancelling the conversation fails what waits`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection()
        let peer = Peer(end: right)
        let run = Task { try await connection.run(over: left) }
        let waiting = Task { try await connection.send(Sleep()) }
        _ = try await peer.hear()
        run.cancel()
        await #expect(throws: ConnectionError.closed) { try await waiting.value }
        await #expect(throws: CancellationError.self) { try await run.value }
        await #expect(throws: ConnectionError.closed) { try await connection.send(Sleep()) }
    }

    @Test func `finishing lets the peer answer what was asked, then both end`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection()
        let peer = Peer(end: right)
        async let run: Void = connection.run(over: left)
        async let answer = connection.send(Echo(text: "last"))
        _ = try await peer.hear()
        connection.finish()
        #expect(try await peer.hear() == nil)
        peer.say(#"{"id":1,"result":{"text":"last"}}"#)
        #expect(try await answer.text == "last")
        await #expect(throws: ConnectionError.closed) { try await connection.send(Echo(text: "too late")) }
        peer.end.finish()
        try await run
    }

    @Test func `a conversation runs once`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection()
        right.finish()
        try await connection.run(over: left)
        await #expect(throws: ConnectionError.closed) { try await connection.run(over: left) }
    }

    @Test func `the end cancels the requests being served`() async throws {
        let (ended, end) = AsyncStream<Never>.makeStream()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        var methods = MethodTable()
        methods.on(Sleep.self) { _ in
            begin.yield()
            defer { end.finish() }
            try await Task.sleep(for: .seconds(3600))
            return Empty()
        }
        let (left, right) = PipeEnd.pair()
        async let run: Void = Connection(methods: methods).run(over: left)
        right.write(#"{"id":1,"method":"sleep"}"#)
        for await _ in begun { break }
        right.finish()
        for await _ in ended {}
        try await run
    }

    @Test func `a call is followed by its notice when it is cancelled`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection { Cancelled(requestId: $0) }
        let peer = Peer(end: right)
        async let run: Void = connection.run(over: left)
        let call = Task { try await connection.send(Sleep()) }
        #expect(try await peer.hear()?.method == "sleep")
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        let notice = try #require(try await peer.hear())
        #expect(notice.method == Cancelled.method && notice.params == ["requestId": 1])
        peer.end.finish()
        try await run
    }

    @Test func `without a notice a cancelled call is forgotten quietly, and its late answer ignored`() async throws {
        try await withPeer { connection, peer in
            let call = Task { try await connection.send(Sleep()) }
            #expect(try await peer.hear()?.method == "sleep")
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            peer.say(#"{"id":1,"result":{}}"#)
            async let answer = connection.send(Echo(text: "next"))
            let next = try #require(try await peer.hear())
            #expect(next.method == "echo" && next.id == .number(2))
            peer.say(#"{"id":2,"result":{"text":"next"}}"#)
            #expect(try await answer.text == "next")
        }
    }

    @Test func `a task cancelled before sending never sends`() async throws {
        try await withPeer { connection, peer in
            let call = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await connection.send(Echo(text: "never"))
            }
            await #expect(throws: CancellationError.self) { try await call.value }
            try connection.notify(Say(number: 1))
            #expect(try await peer.hear()?.method == "say")
        }
    }

    @Test func `a request that the peer gives up is not answered`() async throws {
        let (begun, begin) = AsyncStream<Void>.makeStream()
        var methods = MethodTable.echo
        methods.on(Sleep.self) { _ in
            begin.yield()
            try await Task.sleep(for: .seconds(3600))
            return Empty()
        }
        try await withPeer(methods) { connection, peer in
            peer.say(#"{"id":5,"method":"sleep"}"#)
            for await _ in begun { break }
            connection.cancelServing(.number(5))
            peer.say(#"{"id":6,"method":"echo","params":{"text":"x"}}"#)
            let answer = try await peer.hear()
            #expect(answer?.id == .number(6))
        }
    }
}
