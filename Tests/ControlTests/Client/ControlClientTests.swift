import Conversation
import Foundation
import JSONRPC
import LocalSockets
import Locking
import Logging
import TestSupport
import Testing

@testable import Control

/// Why `body` is refused by the core; nil when it is not.
func refusal(_ body: () async throws -> Void) async throws -> HubError? {
    do {
        try await body()
        return nil
    } catch let error as HubError {
        return error
    }
}

@Suite(.timeLimit(.minutes(5))) struct ControlClientTests {
    @Test func `a client does what the core does`() async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "ls")
        let shell = ScriptedShell { _ in ScriptedStep.ask(request) + .answer("done") }
        try await ControlWorld.run(shell) { world in
            try await world.withClient { client in
                let events = try await client.events(of: .test, answers: true)
                let handled = try await client.handle(.test("go"), in: .test)
                #expect(handled == .accepted(Receipt(message: Message.ID(rawValue: 1), ahead: 0)))
                let asked = await events.collect { $0.approval != nil }.last?.approval
                let open = try await client.openApprovals(of: .test)
                #expect(open == [asked])
                let id = try #require(asked?.id)
                let unfit = try await client.answer(id, .answer("yes"), from: .test(""), in: .test)
                #expect(unfit == .unfit("\(id) wants yes or no: /approve \(id), or /deny \(id)"))
                let answered = try await client.answer(id, .allow, from: .test(""), in: .test)
                guard case .done(let approval) = answered else {
                    Issue.record("\(answered)")
                    return
                }
                #expect(approval.answer?.by == "ann (terminal)")
                #expect(await events.collect(turns: 1).last?.outcome?.text == "done")
                let greeting = try await client.greeting(of: .test)
                let own = try await world.hub.greeting(of: .test)
                #expect(greeting == own)
                let names = try await client.names()
                #expect(names == CoreNames(agents: ["scripted"], profiles: ["default"], sessions: ["tty:default"]))
                let report = try await client.report(.last, for: .test)
                #expect(report == "done")
                let stopped = try await client.interrupt(.test)
                #expect(!stopped)
                let reply = try await client.handle(.test("/staus"), in: .test)
                let ownReply = try await world.hub.handle(.test("/staus"), in: .test)
                #expect(reply == ownReply)
            }
        }
    }

    @Test func `a message that waits is given another text, and a stop is for the turn that it names`() async throws {
        let gate = Gate()
        try await ControlWorld.run(ScriptedShell { [.wait(gate)] + .answer($0.text) }) { world in
            try await world.withClient { client in
                let events = try await client.events(of: .test)
                var messages = ["one", "two"].map { Message.test($0) }
                for index in messages.indices {
                    messages[index].key = messages[index].text
                    _ = try await client.submit(messages[index], to: .test)
                }
                await gate.reached()
                var revised: [Revised] = []
                for (key, text) in [("two", "zwei"), ("one", "eins"), ("two", "/help"), ("three", "drei")] {
                    revised.append(try await client.revise(key, to: text, in: .test))
                }
                #expect(revised.prefix(2) == [.changed, .started] && revised.last == .unknown)
                guard case .unfit(let reason) = revised[2] else {
                    Issue.record("\(revised)")
                    return
                }
                #expect(reason.contains("/help"))
                let started = await events.collect(until: \.isStarted)
                let turn = try #require(started.last?.startedTurn?.id)
                let other = try await client.interrupt(.test, turn: Turn.ID(rawValue: turn.rawValue + 1))
                #expect(!other)
                let stopped = try await client.interrupt(.test, turn: turn)
                #expect(stopped)
                let next = await events.collect(until: \.isStarted)
                #expect(next.compactMap(\.outcome?.status) == [.cancelled])
                #expect(next.last?.startedTurn?.text == "zwei")
                let late = try await client.interrupt(.test, turn: turn)
                #expect(!late)
                gate.open()
                let end = await events.collect(turns: 1)
                #expect(end.last?.outcome?.text == "zwei")
            }
        }
    }

    @Test func `a stop by the name of a turn that a crash has ended is one of its repetition`() async throws {
        let die = Gate()
        let shell = ScriptedShell(turns: [[.wait(die), .die], [.hang]])
        try await ControlWorld.run(shell) { world in
            try await world.withClient { client in
                let events = try await client.events(of: .test)
                _ = try await client.submit(.test("one"), to: .test)
                let turn = try #require(await events.collect(until: \.isStarted).last?.startedTurn?.id)
                await die.reached()
                die.open()
                _ = await events.collect(until: \.isStarted)
                let stopped = try await client.interrupt(.test, turn: turn)
                #expect(stopped)
                #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
                let again = try await client.interrupt(.test, turn: turn)
                #expect(!again)
            }
        }
    }

    @Test func `a subscription ends with its session, which may be subscribed to anew`() async throws {
        try await ControlWorld.run(ScriptedShell { .answer($0.text) }) { world in
            try await world.withClient { client in
                let events = try await client.events(of: .test)
                _ = try await client.handle(.test("one"), in: .test)
                _ = await events.collect(turns: 1)
                let isDone = try await world.hub.maintain(.test, deletes: true) { journal, last in
                    try await journal.delete(.test)
                    return last
                }
                #expect(isDone)
                let rest = await events.collectAll()
                #expect(rest.map(\.event) == [.deleted])
                #expect(client.subscriptions == 0)
                let anew = try await client.events(of: .test)
                _ = try await client.handle(.test("two"), in: .test)
                #expect(await anew.collect(turns: 1).last?.outcome?.text == "two")
            }
        }
    }

    @Test func `a client that does not read learns that the session was deleted, and its subscription ends`()
        async throws
    {
        let reads = Gate(), end = Gate(), count = EventFeed.limit + 500
        try await ControlWorld.run(
            ScriptedShell { request in
                guard request.text == "go" else { return .answer(request.text) }
                return [.event(.began)] + (0..<count).map { .event(.delta("\($0),")) }
                    + [.wait(end), .event(.message("done")), .completed]
            }
        ) { world in
            try await world.withPeer(holding: reads) { slow in
                _ = try await slow.ask(RawPeer.greeting)
                _ = try await slow.ask(#"{"id":1,"method":"subscribe","params":{"session":"tty:default"}}"#)
                try await world.withClient { quick in
                    let events = try await quick.events(of: .test)
                    _ = try await quick.handle(.test("go"), in: .test)
                    end.open()
                    _ = await events.collect(turns: 1)
                    let isDone = try await world.hub.maintain(.test, deletes: true) { journal, last in
                        try await journal.delete(.test)
                        return last
                    }
                    #expect(isDone)
                    let anew = try await quick.events(of: .test)
                    _ = try await quick.handle(.test("new"), in: .test)
                    _ = await anew.collect(turns: 1)
                }
                reads.open()
                var told: [String] = []
                while let notice = try await slow.next() {
                    if notice["method"]?.text == "ended" {
                        #expect(notice["params"]?["reason"]?.text == "deleted")
                        break
                    }
                    told.append(notice["params"]?["event"]?["type"]?.text ?? "")
                }
                #expect(told.first == "accepted" && told.last == "deleted")
                #expect(told.count { $0 == "deleted" } == 1 && told.count { $0 == "accepted" } == 1)
            }
        }
    }

    @Test func `a turn is stopped by name, and whichever runs where the core knows none by name`() async throws {
        let (near, far) = PipeEnd.pair()
        let client = ControlClient(over: near)
        var methods = MethodTable()
        let asked = Locked<[String]>([])
        methods.on(ControlCall.Interrupt.self) { call in
            asked.withLock { $0.append("\(call.session.id)") }
            return .init(interrupted: true)
        }
        let old = Connection(methods: methods, logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { do { try await old.run(over: far) } catch is CancellationError {} }
            group.addTask { do { try await client.run() } catch is CancellationError {} }
            let hasStopped = try await client.interrupt(.test, turn: Turn.ID(rawValue: 3))
            #expect(hasStopped)
            #expect(asked.withLock(\.self) == ["tty:default"])
            // Nothing else is done in another way.
            let error = await #expect(throws: ControlError.self) { _ = try await client.names() }
            #expect(error?.code == .unknown)
            group.cancelAll()
        }
    }

    @Test func `what the core refuses is refused in its words`() async throws {
        let journal = InMemoryJournal()
        try await ControlWorld.run(journal: journal) { world in
            try await world.withClient { client in
                journal.failNextCommit()
                let broken = await #expect(throws: HubError.self) { try await client.submit(.test("x"), to: .test) }
                #expect(broken?.code == .notStored && broken?.description.contains("the disk is full") == true)
            }
        }
    }

    @Test func `a core that has ended refuses in its words`() async throws {
        let hub = try await withHub(ScriptedShell(turns: [])) { $0 }
        try await ControlWorld(hub).withClient { client in
            let closed = try await refusal { _ = try await client.submit(.test("x"), to: .test) }
            #expect(closed == .closed)
            let none = try await refusal { _ = try await client.events(of: .test) }
            #expect(none == .closed)
        }
    }

    @Test func `when the other side has gone, all is closed and streams have ended`() async throws {
        let (near, far) = PipeEnd.pair()
        let client = ControlClient(over: near)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            async let lost = refusal { _ = try await client.names() }
            var lines = far.lines.makeAsyncIterator()
            _ = try await lines.next()
            far.finish()
            let error = try await lost
            #expect(error == .lost)
            try await group.waitForAll()
        }
        let closed = await #expect(throws: HubError.self) { try await client.names() }
        #expect(closed == .closed)
        let none = await #expect(throws: HubError.self) { try await client.events(of: .test) }
        #expect(none == .closed)
    }

    @Test func `a reader that falls behind is ended, and goes on after its bookmark`() async throws {
        let old = SubscriptionTests.history(6000)
        try await ControlWorld.run(journal: InMemoryJournal(old)) { world in
            try await world.withClient { client in
                let events = try await client.events(of: .test, after: .start)
                // Unread until it has ended at the core as well.
                _ = try await eventually("the end of the stream", within: .seconds(50)) {
                    client.subscriptions == 0 ? true : nil
                }
                var bookmark = Bookmark.start, seen: [Record] = []
                for await record in events {
                    seen.append(record)
                    bookmark.take(record)
                }
                #expect(seen.count == RemoteStreams.limit)
                seen += try await client.events(of: .test, after: bookmark).collect { $0 == old.last }
                #expect(seen == old)
            }
        }
    }

    @Test func `over a socket, a client reaches the core, and the core ends`() async throws {
        let place = try Place()
        let listener = try LocalListener(at: place.socket)
        try await ControlWorld.run { world in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await world.server.run(on: listener) }
                let client = try ControlClient.connect(
                    to: place.socket, as: ClientName(name: "test", version: "1"))
                group.addTask { try await client.run() }
                let greeting = try await client.initialize()
                #expect(greeting.host == ControlHost(pid: 4, kind: .chat) && greeting.version == "1.2.3")
                #expect(greeting.role == .person && greeting.protocolVersion == 1)
                #expect(world.server.persons == 1)
                do {
                    let events = try await client.events(of: .test)
                    _ = try await client.handle(.test("over the wire"), in: .test)
                    #expect(await events.collect(turns: 1).last?.outcome?.text == "over the wire")
                }
                world.server.leave()
                try await group.waitForAll()
                #expect(world.server.persons == 0)
            }
        }
        #expect(!place.exists(place.socket))
    }

    @Test func `a server that is cancelled leaves nobody connected`() async throws {
        let place = try Place()
        let listener = try LocalListener(at: place.socket)
        try await ControlWorld.run { world in
            let client = try ControlClient.connect(to: place.socket, as: ClientName(name: "test", version: "1"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await client.run() }
                await withTaskGroup { serving in
                    serving.addTask {
                        await #expect(throws: CancellationError.self) { try await world.server.run(on: listener) }
                    }
                    do {
                        try await client.initialize()
                    } catch {
                        Issue.record(error)
                    }
                    serving.cancelAll()
                }
                #expect(world.server.persons == 0 && !place.exists(place.socket))
                // Its end, however the socket was closed.
                do {
                    try await group.waitForAll()
                } catch is LocalSocketError {}
            }
            let closed = try await refusal { _ = try await client.names() }
            #expect(closed == .closed)
        }
    }

    @Test func `a line of 100 MB is refused, and its sender let go`() async throws {
        let place = try Place()
        let listener = try LocalListener(at: place.socket)
        try await ControlWorld.run { world in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await world.server.run(on: listener) }
                let socket = try LocalSocket.connect(to: place.socket)
                group.addTask {
                    let piece = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
                    do {
                        for _ in 0..<100 { try await socket.write(piece) }
                        Issue.record("all of it was taken")
                    } catch {
                        // The server has closed its side.
                    }
                }
                var said = ""
                do {
                    for try await chunk in socket.chunks { said += String(decoding: chunk, as: UTF8.self) }
                } catch is LocalSocketError {
                    // Closed while bytes were on their way.
                }
                #expect(said.contains("-32600") && said.contains("\(40 << 20)"))
                socket.close()
                world.server.leave()
                try await group.waitForAll()
            }
        }
    }
}
