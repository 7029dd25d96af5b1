import TestSupport
import Testing

@testable import Conversation

/// What must hold whatever people type and agents do, over lives of the core that end in the middle.
@Suite(.timeLimit(.minutes(1))) struct HubPropertyTests {
    private static let sessions = [SessionID(rawValue: "tty:a"), SessionID(rawValue: "tty:b")]

    @Test func `every message is answered once or dropped, over all crashes and cancels`() async throws {
        let seed = Seed()
        var changes = 0, stops = 0, spared = 0
        for round in 0..<200 {
            var generator = seed.generator(round)
            let journal = InMemoryJournal(), typed = Typed()
            let shell = ScriptedShell(script: Self.script(seed: generator.next()))
            var configuration = HubConfiguration.test()
            configuration.mode = round.isMultiple(of: 2) ? .single : .plan
            configuration.changes = ScriptedChanges()
            // In these rounds every stop names the turn that it is for.
            let stopsByName = round.isMultiple(of: 3)
            let lives = Int.random(in: 1...3, using: &generator)
            for life in 1...lives {
                let people = (0..<2).map { _ in
                    (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                        Deed.random(stopsByName: stopsByName, using: &generator)
                    }
                }
                let isOrderly = generator.next().isMultiple(of: 2)
                let hub = try await withHub(shell, journal: journal, configuration: configuration) { hub in
                    // One session has somebody who can be asked; the other one does not.
                    _ = try await hub.events(of: Self.sessions[0], answers: true)
                    await withTaskGroup(of: Void.self) { group in
                        for deeds in people { group.addTask { await Self.act(deeds, on: hub, typed) } }
                    }
                    if life == lives { try await Self.settle(hub, journal) }
                    return hub
                }
                if isOrderly { try await hub.spareCutOffTurns() }
            }
            let problems = Audit(journal.records).problems + (await typed.problems(with: journal.records))
            let unheard = Self.steered(journal.records).subtracting(
                shell.calls.compactMap { if case .steer(let text) = $0 { text } else { nil } })
            #expect(unheard.isEmpty, "seed \(seed), round \(round): put into a turn that ended well, and not heard")
            #expect(problems.isEmpty, "seed \(seed), round \(round)")
            changes += journal.records.count(where: \.isRevised)
            spared += journal.records.compactMap(\.outcome).count(where: \.isSpared)
            guard stopsByName else { continue }
            // By whichever of its turns a message was named.
            let messages = Self.messages(journal.records)
            let stopped = Set(journal.records.compactMap(Self.cancelled).compactMap { messages[$0] })
            let named = Set(await typed.stopped.compactMap { messages[$0] })
            #expect(stopped.isSubset(of: named), "seed \(seed), round \(round): stopped, and not meant")
            stops += stopped.count
        }
        // Otherwise nothing was tried.
        #expect(changes > 20 && stops > 5 && spared > 5, "seed \(seed)")
    }

    /// What each turn answered.
    private static func messages(_ records: [Record]) -> [Turn.ID: Message.ID] {
        let turns = records.compactMap(\.startedTurn).map { ($0.id, $0.message) }
        return Dictionary(uniqueKeysWithValues: turns)
    }

    /// The turn that a person stopped, and that ended with this record.
    private static func cancelled(_ record: Record) -> Turn.ID? {
        if case .finished(let turn, let outcome) = record.event, outcome.status == .cancelled { turn } else { nil }
    }

    /// The texts that were put into turns which ended well, and were not taken back.
    private static func steered(_ records: [Record]) -> Set<String> {
        var texts: [Message.ID: String] = [:]
        var steered: [Turn.ID: Set<Message.ID>] = [:]
        var found: Set<String> = []
        for record in records {
            switch record.event {
            case .accepted(let id, let message): texts[id] = message.text
            case .steered(let turn, let id): steered[turn, default: []].insert(id)
            case .unsteered(let turn, let id): steered[turn]?.remove(id)
            case .finished(let turn, let outcome) where outcome.status == .ok:
                found.formUnion((steered[turn] ?? []).compactMap { texts[$0] })
            default: break
            }
        }
        return found
    }

    // MARK: What people do

    private enum Deed: Hashable, Sendable {
        case say(SessionID)
        /// Gives one of the latest messages another text; without words when it is not `fit`.
        case revise(back: Int, fit: Bool)
        case steer(SessionID)
        /// Looks which turn runs, and stops that one a little later.
        case stop(SessionID, after: Int)
        /// Stops once more the turn that was looked at last, also in an earlier life.
        case stopAgain(SessionID)
        case answer(SessionID, String)
        case cancel(SessionID)
        case cancelAll(SessionID)
        case pause(Int)

        static func random(stopsByName: Bool, using generator: inout SeededGenerator) -> Deed {
            let session = sessions[Int.random(in: 0...1, using: &generator)]
            return switch Int.random(in: 0...14, using: &generator) {
            case 0...2: .say(session)
            case 3: .steer(session)
            case 4: .answer(session, ["/approve", "/deny"][Int.random(in: 0...1, using: &generator)])
            case 5...6 where stopsByName: .stop(session, after: Int.random(in: 0...20, using: &generator))
            case 5: .cancel(session)
            case 6: .cancelAll(session)
            case 7...9: .revise(back: Int.random(in: 0...2, using: &generator), fit: generator.next() % 8 > 0)
            case 10: .stop(session, after: Int.random(in: 0...20, using: &generator))
            case 11: .stopAgain(session)
            default: .pause(Int.random(in: 0...40, using: &generator))
            }
        }
    }

    /// What was typed, and whether it was acknowledged. An actor, because several people type.
    private actor Typed {
        private var count = 0
        private var acknowledged: Set<String> = []
        private var refused: Set<String> = []
        private var said: [(key: String, session: SessionID)] = []
        /// What came of each change of a text.
        private var revisions: [String: Revised?] = [:]
        /// The turns that were stopped by name, or may have been.
        private(set) var stopped: Set<Turn.ID> = []
        /// Those of them of which the core said so, with the last record there was then.
        private var told: [Turn.ID: Cursor] = [:]
        private var seen: [SessionID: Turn.ID] = [:]

        func stopAgain(_ session: SessionID, of hub: Hub) async {
            if let turn = seen[session] { await stop(turn, in: session, of: hub) }
        }

        func stop(_ turn: Turn.ID, in session: SessionID, of hub: Hub) async {
            seen[session] = turn
            // A core that has gone may have stopped it.
            let isStopped = try? await hub.interrupt(session, turn: turn)
            if isStopped != false { stopped.insert(turn) }
            if isStopped == true { told[turn] = await hub.cursor }
        }

        func revise(back: Int, fit: Bool, in hub: Hub) async {
            guard said.count > back else { return }
            let (key, session) = said[said.count - 1 - back]
            count += 1
            let text = fit ? "r\(count)" : "/mode r\(count)"
            // Nil for what the core did not answer.
            revisions[text] = .some(try? await hub.revise(key, to: text, in: session))
        }

        func say(_ session: SessionID, to hub: Hub, steering: Bool = false) async {
            count += 1
            let text = "m\(count)"
            var message = Message.test(text)
            message.key = text
            said.append((text, session))
            do {
                if steering {
                    _ = try await hub.steer(message, in: session)
                } else {
                    _ = try await hub.submit(message, to: session)
                    // Handed in again, as by whoever did not hear the answer.
                    _ = try? await hub.submit(message, to: session)
                }
                acknowledged.insert(text)
            } catch {
                refused.insert(text)
            }
        }

        func problems(with records: [Record]) -> [String] {
            let stored = records.compactMap { record in
                // The core's own messages are alike.
                if case .accepted(_, let message) = record.event, message.origin != .system {
                    message.text
                } else {
                    nil
                }
            }
            var problems = acknowledged.subtracting(stored).map { "\($0) was acknowledged and is lost" }
            problems += refused.intersection(stored).map { "\($0) was refused and is stored" }
            if Set(stored).count != stored.count { problems.append("a message was stored twice") }
            let messages = HubPropertyTests.messages(records)
            for (turn, last) in told {
                let again = records.compactMap(\.startedTurn).filter { $0.message == messages[turn] }
                    .contains { $0.id.rawValue > last.rawValue }
                if again { problems.append("\(turn) was told to be stopped, and runs again") }
            }
            return problems + revisionProblems(with: records)
        }

        private func revisionProblems(with records: [Record]) -> [String] {
            let kept = records.compactMap { record in
                if case .revised(_, let text) = record.event { text } else { nil }
            }
            var problems = Set(kept).count == kept.count ? [] : ["a change was stored twice"]
            for (text, revised) in revisions where (revised == .changed) != kept.contains(text) {
                problems.append("the change to \(text) came to \(revised.map { "\($0)" } ?? "nothing")")
            }
            return problems
        }
    }

    private static func act(_ deeds: [Deed], on hub: Hub, _ typed: Typed) async {
        for deed in deeds {
            switch deed {
            case .say(let session):
                await typed.say(session, to: hub)
            case .steer(let session):
                await typed.say(session, to: hub, steering: true)
            case .revise(let back, let fit):
                await typed.revise(back: back, fit: fit, in: hub)
            case .stop(let session, let length):
                guard let turn = try? await hub.state(of: session).running?.turn.id else { continue }
                for _ in 0..<length { await Task.yield() }
                await typed.stop(turn, in: session, of: hub)
            case .stopAgain(let session):
                await typed.stopAgain(session, of: hub)
            case .answer(let session, let command):
                guard let asked = try? await hub.state(of: session).approvals.first?.id else { continue }
                _ = try? await hub.type("\(command) \(asked)", in: session)  // what has gone needs no answer
            case .cancel(let session):
                _ = try? await hub.type("/cancel", in: session)  // a core that has gone has nothing to cancel
            case .cancelAll(let session):
                _ = try? await hub.type("/cancel all", in: session)  // the same
            case .pause(let length):
                for _ in 0..<length { await Task.yield() }
            }
        }
    }

    /// Waits until nothing runs and nothing waits.
    private static func settle(_ hub: Hub, _ journal: InMemoryJournal) async throws {
        func last(of session: SessionID) -> Cursor? { journal.records.last { $0.session == session }?.cursor }
        for session in sessions {
            var settled: Cursor?
            // What ends a turn may bring another message.
            while let last = last(of: session), last != settled {
                settled = last
                var state = SessionState(id: session)
                _ = try await hub.events(of: session, after: .start).collect { record in
                    state.apply(record)
                    return record.cursor >= last && state.running == nil && state.waiting.isEmpty
                }
            }
        }
    }

    // MARK: What the agent does

    private static func script(seed: UInt64) -> ScriptedShell.Script {
        let plays = Plays()
        return { request in
            // Not one generator for all turns: their order is not the same each time.
            let number = await plays.count(request.text)
            var generator = SeededGenerator(
                seed: "\(request.text) \(number)".utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
            let middle = (0..<Int.random(in: 0...3, using: &generator)).map { _ in step(using: &generator) }
            let steps = middle + ending(request, using: &generator)
            let pause = Int.random(in: 0...10, using: &generator)
            for _ in 0..<pause { await Task.yield() }
            return steps
        }
    }

    /// How often each message was played. An actor, because the sessions' turns run at the same time.
    private actor Plays {
        private var counts: [String: Int] = [:]

        func count(_ text: String) -> Int {
            counts[text, default: 0] += 1
            return counts[text, default: 0]
        }
    }

    private static func step(using generator: inout SeededGenerator) -> ScriptedStep {
        switch Int.random(in: 0...4, using: &generator) {
        case 0: .act("make")
        case 1: .event(.approval(ApprovalRequest(id: "a", kind: .tool, title: "look")))
        case 2: .event(.action(Action(id: "p", kind: .plan, title: "plan", status: .started)))
        case 3: .event(.retrying("again"))
        default: .event(.delta("word "))
        }
    }

    private static func ending(_ request: TurnRequest, using generator: inout SeededGenerator) -> [ScriptedStep] {
        switch Int.random(in: 0...9, using: &generator) {
        case 0...1: [.die]
        case 2: [.vanish]
        case 3: [.event(.finished(.failed(TurnError(kind: .quota, message: "used up"))))]
        case 4: [.event(.finished(.interrupted))]
        case 5: [.fail(AgentError(.refused, "no"))]
        default: .answer(answer(to: request, using: &generator))
        }
    }

    /// Roles are mostly answered in their form.
    private static func answer(to request: TurnRequest, using generator: inout SeededGenerator) -> String {
        guard let schema = request.schema, Int.random(in: 0...4, using: &generator) > 0,
            let word = schema.words.randomElement(using: &generator)
        else { return request.text }
        return #"{"\#(schema.choice)":"\#(word)","\#(schema.text)":"because"}"#
    }
}
