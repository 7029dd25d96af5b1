import Conversation
import JSONRPC
import LocalSockets
import TestSupport
import Testing

@testable import Control

@Suite(.timeLimit(.minutes(5))) struct SubscriptionTests {
    /// A turn that is told in `count` pieces, and ends at the gate.
    private static func long(_ count: Int, before gate: Gate) -> ScriptedShell {
        ScriptedShell { _ in
            [.event(.began)] + (0..<count).map { .event(.delta("\($0),")) } + [.wait(gate)]
                + [.event(.message((0..<count).map { "\($0)," }.joined())), .completed]
        }
    }

    /// A history of `count` records.
    static func history(_ count: Int) -> [Record] {
        var records: [Record] = []
        func add(_ event: Event) {
            let cursor = Cursor(rawValue: Int64(records.count + 1))
            records.append(
                Record(cursor: cursor, session: .test, time: Timestamp(millisecondsSince1970: 1), event: event))
        }
        while records.count < count {
            let id = Message.ID(rawValue: Int64(records.count + 1)), message = Message.test("\(records.count)")
            let turn = Turn(
                id: Turn.ID(rawValue: id.rawValue + 1), SessionState.Waiting(id: id, message: message))
            add(.accepted(id, message))
            add(.started(turn))
            add(.finished(turn.id, Outcome(status: .ok)))
        }
        return records
    }

    @Test func `two clients of a session see the same in the same order`() async throws {
        try await ControlWorld.run(ScriptedShell { [.act("ls")] + .answer("\($0.text) it is") }) { world in
            try await world.withClient { one in
                try await world.withClient { two in
                    let left = try await one.events(of: .test), right = try await two.events(of: .test)
                    _ = try await one.handle(.test("first"), in: .test)
                    _ = try await two.submit(.test("second"), to: .test)
                    let seen = await left.collect(turns: 2)
                    #expect(await right.collect(turns: 2) == seen)
                    #expect(seen.compactMap(\.delta).joined() == "first it issecond it is")
                    #expect(seen.compactMap(\.startedTurn?.text) == ["first", "second"])
                }
            }
        }
    }

    @Test func `a long history is replayed, and goes on live`() async throws {
        let old = Self.history(3000)
        try await ControlWorld.run(journal: InMemoryJournal(old)) { world in
            try await world.withClient { client in
                let events = try await client.events(of: .test, after: .start)
                _ = try await client.handle(.test("live"), in: .test)
                let seen = await events.collect { $0.outcome?.text == "live" }
                #expect(Array(seen.prefix(3000)) == old)
                #expect(seen.compactMap(\.startedTurn?.text).last == "live")
                let cursors = seen.filter(\.event.isDurable).map(\.cursor.rawValue)
                #expect(cursors == Array(1...Int64(cursors.count)))
            }
        }
    }

    @Test func `a client that does not read holds up nobody, is kept little for, and misses nothing`() async throws {
        let end = Gate(), reads = Gate(), count = 3000
        let whole = (0..<count).map { "\($0)," }.joined()
        try await ControlWorld.run(Self.long(count, before: end)) { world in
            try await world.withPeer(holding: reads) { slow in
                _ = try await slow.ask(RawPeer.greeting)
                let answer = try await slow.ask(
                    #"{"id":1,"method":"subscribe","params":{"session":"tty:default","after":{"cursor":0}}}"#)
                #expect(answer["result"]?["subscription"] == 1)
                try await world.withClient { quick in
                    let events = try await quick.events(of: .test)
                    _ = try await quick.handle(.test("go"), in: .test)
                    var heard = ""
                    _ = await events.collect { record in
                        heard += record.delta ?? ""
                        return heard == whole
                    }
                    #expect(heard == whole)
                }
                reads.open()
                var heard = "", pieces = 0, durable: [Int64] = []
                while let notice = try await slow.next() {
                    let event = notice["params"]?["event"]
                    if event?["type"] == "delta" {
                        heard += event?["text"]?.text ?? ""
                        pieces += 1
                    } else if case .integer(let cursor)? = notice["params"]?["cursor"] {
                        durable.append(Int64(cursor))
                    }
                    if heard == whole { end.open() }
                    if event?["type"] == "finished" { break }
                }
                #expect(heard == whole)
                #expect(durable == Array(1...4))
                // What waited in the stream and on its way, and the rest in one piece.
                #expect(pieces <= EventFeed.limit + 10, "\(pieces)")
            }
        }
    }

    @Test func `a client that dies in mid-subscription disturbs nobody`() async throws {
        let end = Gate()
        try await ControlWorld.run(Self.long(50, before: end)) { world in
            try await world.withClient { stays in
                let events = try await stays.events(of: .test)
                try await world.withClient { dies in
                    let lost = try await dies.events(of: .test)
                    _ = try await dies.handle(.test("go"), in: .test)
                    _ = await lost.collect { $0.delta != nil }
                }
                end.open()
                #expect(await events.collect(turns: 1).last?.isFinished == true)
                _ = try await eventually("that one person is left") { world.server.persons == 1 ? true : nil }
            }
        }
    }

    @Test func `a connection has so many subscriptions, and a number is free again when it was given up`() async throws
    {
        try await ControlWorld.run { world in
            try await world.withPeer { peer in
                _ = try await peer.ask(RawPeer.greeting)
                for number in 1...64 {
                    let answer = try await peer.ask(
                        #"{"id":1,"method":"subscribe","params":{"session":"s\#(number)","subscription":\#(number)}}"#)
                    #expect(answer["result"]?["subscription"] == .integer(number))
                }
                let more = try await peer.error(#"{"id":1,"method":"subscribe","params":{"session":"s"}}"#)
                #expect(more?.code == -32013)
                let gone = try await peer.error(#"{"id":1,"method":"unsubscribe","params":{"subscription":5}}"#)
                #expect(gone == nil)
                let twice = try await peer.error(
                    #"{"id":1,"method":"subscribe","params":{"session":"s","subscription":6}}"#)
                #expect(twice?.code == -32602)
                let again = try await peer.error(
                    #"{"id":1,"method":"subscribe","params":{"session":"s","subscription":5}}"#)
                #expect(again == nil)
            }
        }
    }

    @Test func `a stream that is dropped is given up at the core`() async throws {
        try await ControlWorld.run { world in
            try await world.withClient { client in
                for _ in 0..<200 {
                    let events = try await client.events(of: .test)
                    _ = try await client.handle(.test("go"), in: .test)
                    _ = await events.collect(turns: 1)
                }
            }
        }
    }

    @Test func `at its end the core tells what is left, then that it is closed, then closes`() async throws {
        let gate = Gate()
        let hub = Hub(
            journal: InMemoryJournal(), directory: ScriptedDirectory(Self.long(3, before: gate)),
            configuration: .test())
        let world = ControlWorld(hub)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hub.run() }
            try await world.withPeer { peer in
                _ = try await peer.ask(RawPeer.greeting)
                _ = try await peer.ask(#"{"id":1,"method":"subscribe","params":{"session":"tty:default"}}"#)
                _ = try await peer.ask(
                    #"{"id":2,"method":"submit","params":{"session":"tty:default","message":{"text":"t","author":"a","origin":"tty","sender":"s"}}}"#
                )
                await gate.reached()
                group.cancelAll()
                do {
                    try await group.waitForAll()
                } catch is CancellationError {
                    // As it was to be.
                }
                world.server.leave()
                var said = peer.notices
                while let line = try await peer.next() { said.append(line) }
                let types = said.map { $0["params"]?["event"]?["type"]?.text ?? $0["method"]?.text ?? "" }
                #expect(types == ["accepted", "started", "changed", "delta", "delta", "delta", "ended"])
                #expect(said.last?["params"]?["reason"] == "closed")
            }
        }
    }
}
