import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// What `/cancel` is about of that which was written before it and has not reached the core.
@Suite(.timeLimit(.minutes(1))) struct CancelTests {
    private static let onTheWay = "still on its way and is not handed in"

    private let rig: BotRig

    init() throws { rig = try BotRig() }

    private var chat: FakeChat { rig.chat(rig.ann) }

    /// The first lines of what the core was handed, in order.
    private func said(_ core: ScriptedCore) -> [String] {
        rig.said(core).compactMap { $0.split(separator: "\n").first.map(String.init) }
    }

    /// Answers everything but what begins with `held`, which runs until it is stopped.
    private func shell(holding held: String = "hold") -> ScriptedShell {
        ScriptedShell { $0.text.hasPrefix(held) ? [.hang] : .answer("answer to \($0.text)") }
    }

    @Test(arguments: ["/cancel", "/cancel all"])
    func `a message whose file is on its way is not handed in, its sender is told, and what is behind it goes on`(
        command: String
    ) async throws {
        let rig = rig, chat = chat, shell = shell()
        rig.telegram.inject(.stalled, into: "file", times: nil)
        // Slowly, so that nobody gives up.
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say(command, from: rig.ann)
            let told = try await chat.waitForBot(saying: Self.onTheWay)
            #expect(told.text.hasPrefix("no turn is running; ") && told.text.contains("“look”"))
            // Nobody waits for the file any more.
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(shell.texts == ["behind it"])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty && rig.clock.milliseconds < 200_000)
    }

    @Test func `what was on its way is quoted without the beginning of a secret, also when it is kept`() throws {
        let stop = MeantStop(nil, [CutSecret.text(cutAt: 60)], redact: CutSecret.redact)
        #expect(stop.told?.contains("xxxxx***") == true)
        #expect(!"\(stop)".contains(CutSecret.beginning))
    }

    @Test(arguments: [false, true])
    func `of what waits behind a file the first alone is stopped, and all of it when all is to be`(isForAll: Bool)
        async throws
    {
        let rig = rig, chat = chat, shell = shell()
        rig.telegram.inject(.stalled, into: "file", times: nil)
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            for text in ["two", "/mode plan", "/mode single", "three"] { rig.telegram.say(text, from: rig.ann) }
            rig.telegram.say(isForAll ? "/cancel all" : "/cancel", from: rig.ann)
            rig.telegram.say("four", from: rig.ann)
            try await chat.waitForBot(saying: "answer to four")
            // What it is not about is done in order.
            #expect(chat.transcript.byBot(saying: "mode: ").map(\.text) == ["mode: plan", "mode: single"])
            let told = isForAll ? "3 messages before it were still on their way and are not handed in" : Self.onTheWay
            try await chat.waitForBot(saying: told)
            // Nothing of it was stopped once it ran.
            for text in isForAll ? [] : ["two", "three"] { try await chat.waitForBot(saying: "answer to \(text)") }
        }
        #expect(shell.texts == (isForAll ? ["four"] : ["two", "three", "four"]))
    }

    @Test func `an album in its waiting time is one message, and all of it is closed`() async throws {
        let rig = rig, chat = chat, core = rig.core()
        try await rig.running(core, step: nil) { _ in
            for number in 1...3 {
                rig.telegram.say(
                    number == 2 ? "look at these" : "", from: rig.ann, file: ShownFile("\(number).txt", [1]), album: "7"
                )
            }
            rig.telegram.say("/cancel", from: rig.ann)
            let told = try await chat.waitForBot(saying: Self.onTheWay)
            #expect(told.text.contains("“look at these”"))
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(said(core) == ["behind it"] && rig.telegram.calls(of: "file").isEmpty)
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty)
    }

    @Test func `an album whose files are on their way is stopped with all its parts`() async throws {
        let rig = rig, chat = chat, shell = shell()
        rig.telegram.inject(.stalled, into: "file", times: nil)
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            for (number, text) in zip(1..., ["", "look at these", ""]) {
                rig.telegram.say(text, from: rig.ann, file: ShownFile("\(number).txt", [1]), album: "7")
            }
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say("/cancel", from: rig.ann)
            let told = try await chat.waitForBot(saying: Self.onTheWay)
            #expect(told.text.contains("“look at these”"))
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(shell.texts == ["behind it"])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty && rig.clock.milliseconds < 200_000)
    }

    @Test func `a turn that ends by itself meanwhile is not followed by the stop of the next one`() async throws {
        let rig = rig, chat = chat, first = Gate(), next = Gate()
        let gates = ["first": first, "next": next]
        let shell = ScriptedShell { request in
            gates[request.text].map { [.wait($0)] + .answer("answer to \(request.text)") } ?? .answer("else")
        }
        await rig.inbox.beforeStop {
            first.open()
            await next.reached()
        }
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            rig.telegram.say("first", from: rig.ann)
            await first.reached()
            rig.telegram.say("next", from: rig.ann)
            try await chat.waitForBot(saying: "queued, 1 before you")
            rig.telegram.say("/cancel", from: rig.ann)
            try await chat.waitForBot(saying: "the turn had just ended by itself")
            next.open()
            try await chat.waitForBot(saying: "answer to next")
        }
        #expect(chat.transcript.byBot(saying: "⏹").isEmpty)
    }

    @Test func `what runs is stopped at once, and what is on its way behind it stays`() async throws {
        let rig = rig, chat = chat, shell = shell()
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            rig.telegram.say("hold it", from: rig.ann)
            try await chat.waitForButton("Cancel")
            rig.telegram.inject(.stalled, into: "file", times: nil)
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say("/cancel", from: rig.ann)
            try await chat.waitForBot(saying: "⏹ stopped by Ann (telegram)")
            try await chat.waitForBot(saying: "stopping the running turn")
            rig.telegram.clearFaults()
            rig.telegram.hangUp()
            try await chat.waitForBot(saying: "answer to look")
        }
        #expect(chat.transcript.byBot(saying: Self.onTheWay).isEmpty)
        #expect(shell.texts.map { $0.hasPrefix("look") } == [false, true])
    }

    @Test func `of a backlog all is dropped that was written before a cancel of all, and what is behind it runs`()
        async throws
    {
        let rig = rig, chat = chat, shell = shell()
        for number in 1...100 { rig.telegram.say("hold \(number)", from: rig.ann) }
        rig.telegram.say("/cancel all", from: rig.ann)
        rig.telegram.say("after it", from: rig.ann)
        rig.telegram.say("from Bob", from: rig.bob)
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            try await chat.waitForBot(saying: "answer to after it")
            try await rig.chat(rig.bob).waitForBot(saying: "answer to from Bob")
        }
        // One that ran already was stopped, and so was one that was being handed in at that moment.
        #expect(shell.texts.filter { $0.hasPrefix("hold") }.count <= 2, "\(shell.texts)")
        #expect(chat.transcript.byBot(saying: "answer to hold").isEmpty)
        #expect(shell.texts.filter { !$0.hasPrefix("hold") }.sorted() == ["after it", "from Bob"])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty)
    }

    @Test func `of a backlog a cancel stops the first alone, wherever it is by then`() async throws {
        let rig = rig, chat = chat, shell = shell(holding: "hold 1")
        for number in 1...5 { rig.telegram.say("hold \(number)", from: rig.ann) }
        rig.telegram.say("/cancel", from: rig.ann)
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            try await chat.wait(for: "the others") { $0.goodEnds.count == 4 }
        }
        #expect(shell.texts.filter { $0 != "hold 1" } == (2...5).map { "hold \($0)" })
        let stopped = chat.transcript.byBot(saying: "⏹ stopped").count
        let kept = chat.transcript.byBot(saying: Self.onTheWay).count
        #expect(stopped > 0 || kept == 1, "\(chat.rendered)")
    }

    @Test func `what is written behind it is not handed in before it is through`() async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate, holding: "/cancel")
        try await rig.running(core) { _ in
            for text in ["/cancel all", "behind it"] { rig.telegram.say(text, from: rig.ann) }
            await gate.reached()
            rig.telegram.say("from Bob", from: rig.bob)
            try await rig.chat(rig.bob).waitForBot(saying: "answer to from Bob")
            #expect(rig.said(core) == ["/cancel all", "from Bob"])
            gate.open()
            try await chat.waitForBot(saying: "answer to behind it")
        }
    }

    /// Has the chats follow their sessions, and from then on whoever looks at these wait at `look`.
    private func follow(_ core: ScriptedCore, behind look: Gate) async throws {
        for user in [rig.ann, rig.bob] {
            rig.telegram.say("/status", from: user)
            try await rig.chat(user).waitForBot(saying: "answer to /status")
        }
        core.holdBeginnings(at: look)
    }

    @Test(arguments: ["/cancel", "/cancel all"], [true, false])
    func `a message that goes to the core while it looks is found there, and one that still waits is stopped`(
        command: String, isHandedIn: Bool
    ) async throws {
        let rig = rig, chat = chat, gate = Gate(), look = Gate(), core = rig.core(gate, holding: "/mode")
        let isForAll = command == "/cancel all", turn = Turn.ID(rawValue: 3)
        try await rig.running(core, step: .milliseconds(5)) { _ in
            try await follow(core, behind: look)
            // The second waits behind the first.
            for text in ["/mode plan", "two", command] { rig.telegram.say(text, from: rig.ann) }
            await gate.reached()
            await look.reached()
            if isHandedIn {
                core.setRunning(turn)
                gate.open()
                while await rig.inbox.open(of: 0).count > 1 {
                    try Task.checkCancellation()
                    await Task.yield()
                }
                look.open()
                try await chat.waitForBot(saying: isForAll ? "answer to \(command)" : "stopping the running turn")
            } else {
                look.open()
                try await chat.waitForBot(saying: Self.onTheWay)
                gate.open()
            }
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(
            said(core) == ["/status", "/status", "/mode plan"] + (isHandedIn ? ["two"] : [])
                + (isForAll ? [command] : []) + ["behind it"])
        #expect(core.calls.contains(.interrupt(rig.session(rig.ann), turn: turn)) == (isHandedIn && !isForAll))
        #expect(chat.transcript.byBot(saying: Self.onTheWay).isEmpty == isHandedIn)
    }

    @Test func `one that comes while a message is being handed in stops it in the core once it is there`() async throws
    {
        let rig = rig, chat = chat, gate = Gate(), look = Gate(), core = rig.core(gate, holding: "one")
        try await rig.running(core, step: .milliseconds(5)) { _ in
            try await follow(core, behind: look)
            rig.telegram.say("one", from: rig.ann)
            await gate.reached()
            rig.telegram.say("/cancel", from: rig.ann)
            await look.reached()
            look.open()
            rig.telegram.say("from Bob", from: rig.bob)
            try await rig.chat(rig.bob).waitForBot(saying: "answer to from Bob")
            #expect(said(core) == ["/status", "/status", "one", "from Bob"])
            core.setRunning(Turn.ID(rawValue: 3))
            gate.open()
            try await chat.waitForBot(saying: "stopping the running turn")
        }
        #expect(said(core) == ["/status", "/status", "one", "from Bob"])
        #expect(core.calls.contains(.interrupt(rig.session(rig.ann), turn: Turn.ID(rawValue: 3))))
        #expect(chat.transcript.byBot(saying: Self.onTheWay).isEmpty)
    }

    @Test func `one that was cut off by a crash keeps stopped what it has stopped, and is not repeated`() async throws {
        let rig = rig, chat = chat, gate = Gate(), core = rig.core(gate, holding: "/cancel")
        rig.telegram.inject(.stalled, into: "file", times: nil)
        try await rig.running(core, step: nil) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say("/cancel all", from: rig.ann)
            await gate.reached()
        }
        rig.telegram.clearFaults()
        let next = rig.core()
        try await rig.running(next) { _ in
            try await chat.waitForBot(saying: Self.onTheWay)
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(said(core) == ["/cancel all"] && said(next) == ["behind it"])
        #expect(chat.transcript.byBot.count { $0.text.contains("“look”") } == 1)
    }

    @Test func `one that was cut off by a crash stops the turn that it was for, should that run again, and no other`()
        async throws
    {
        let rig = rig, chat = chat, gate = Gate(), core = rig.core()
        core.holdInterrupts(at: gate)
        let turn = Turn.ID(rawValue: 3), session = rig.session(rig.ann)
        core.tell(.changed(.mode(.plan)), .changed(.mode(.plan)), .changed(.mode(.plan)), in: session)
        core.setRunning(turn)
        try await rig.running(core) { _ in
            rig.telegram.say("/cancel", from: rig.ann)
            await gate.reached()
        }
        let next = rig.core()
        try await rig.running(next) { _ in try await chat.waitForBot(saying: "what ran runs no more") }
        #expect(next.calls == [.interrupt(session, turn: turn)])
    }

    @Test(arguments: ["/cancel it", "/cancel all of it"])
    func `one that is badly used stops nothing`(text: String) async throws {
        let rig = rig, chat = chat, core = rig.core()
        rig.telegram.inject(.stalled, into: "file", times: 1)
        try await rig.running(core, step: .milliseconds(5)) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say(text, from: rig.ann)
            try await chat.waitForBot(saying: "answer to \(text)")
            rig.telegram.hangUp()
            try await chat.waitForBot(saying: "answer to look")
        }
        #expect(said(core) == [text, "look"])
    }

    @Test(arguments: [false, true])
    func `nobody stops what others wrote, and who may only look stops nothing`(mayOnlyLook: Bool) async throws {
        let rig = try BotRig { [$0.addSupergroup("team")] }
        let group = try #require(rig.group), core = rig.core()
        if mayOnlyLook { rig.access.roles[Int64(rig.bob.id)] = .observer }
        rig.telegram.inject(.stalled, into: "file", times: 1)
        try await rig.running(core, step: .milliseconds(5)) { _ in
            rig.telegram.say("@cm_test_bot look", from: rig.ann, in: group, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say("/cancel@cm_test_bot all", from: rig.bob, in: group)
            try await group.waitForBot(saying: mayOnlyLook ? "You may look here" : "answer to /cancel all")
            rig.telegram.hangUp()
            try await group.waitForBot(saying: "answer to look")
        }
    }
}
