import Conversation
import Foundation
import TestSupport
import Testing

@testable import Control

@Suite struct WireTests {
    @Test func `any record arrives as it was`() async throws {
        let seed = Seed()
        for round in 0..<3000 {
            await Task.yield()
            var generator = seed.generator(round)
            let record = Record.random(using: &generator)
            let line = try JSONEncoder().encode(ControlNotice.Happened(record, to: 5))
            let read = try JSONDecoder().decode(ControlNotice.Happened.self, from: line)
            #expect(read.record == record, "seed \(seed), round \(round)")
            #expect(read.subscription == 5)
            #expect(!line.contains(UInt8(ascii: "\n")))
        }
    }

    @Test func `what commands, answers and greetings say arrives as it was`() async throws {
        let seed = Seed()
        for round in 0..<500 {
            await Task.yield()
            var generator = seed.generator(round)
            var reply = CommandReply(
                name: generator.text(), ok: generator.flag(), text: generator.text(),
                untold: generator.maybe { $0.text() }, leaves: generator.flag())
            reply.attaches = generator.maybe { SessionID(rawValue: $0.text()) }
            reply.change = generator.maybe { $0.one([.mode(.plan), .agent(.auto), .profile($0.text()), .renewed]) }
            #expect(try passed(HandledForm(.replied(reply))).handled == .replied(reply), "seed \(seed), \(round)")
            let receipt = Receipt(message: Message.ID(rawValue: generator.number()), ahead: 3)
            #expect(try passed(HandledForm(.accepted(receipt))).handled == .accepted(receipt))
            let answered: Answered = generator.one([
                .done(generator.approval()), .unknown, .unfit(generator.text()),
            ])
            #expect(try passed(AnsweredForm(answered)).answered == answered)
            let revised: Revised = generator.one([.changed, .started, .dropped, .unknown, .unfit(generator.text())])
            #expect(try passed(RevisedForm(revised)).revised == revised)
            let decision = generator.decision()
            #expect(try passed(DecisionForm(decision)).decision == decision)
            let greeting = Greeting(
                session: SessionID(rawValue: generator.text()), mode: generator.one(Mode.allCases),
                profile: generator.text(), agent: generator.text(), version: generator.text(),
                remark: generator.maybe { $0.text() }, last: generator.maybe { $0.outcome() })
            #expect(try passed(GreetingForm(greeting)).greeting == greeting)
            let names = CoreNames(
                agents: generator.some { $0.text() }, profiles: generator.some { $0.text() },
                sessions: generator.some { $0.text() })
            #expect(try passed(NamesForm(names)).names == names)
            let bookmark = Bookmark(
                Cursor(rawValue: generator.number()), turn: generator.maybe { Turn.ID(rawValue: $0.number()) },
                heard: Int(generator.number()))
            #expect(try passed(BookmarkForm(bookmark)).bookmark == bookmark)
        }
    }

    @Test(arguments: [
        Query.help, .status, .queue, .history(7), .last, .agents, .sessions, .usage(UsageQuestion()),
        .usage(UsageQuestion(ofAll: true, by: .days)), .surroundings(.changes), .surroundings(.diff),
        .surroundings(.branches), .surroundings(.commits(3)), .surroundings(.find("x y")),
        .surroundings(.file("a/b", lines: nil)), .surroundings(.file("a/b", lines: 3...9)),
        .surroundings(.log(lines: 5, of: nil)), .surroundings(.log(lines: 5, of: "codex")),
    ])
    func `a question arrives as it was`(_ query: Query) throws {
        #expect(try passed(QueryForm(query)).query == query)
    }

    /// The bytes that older and newer programs rely on: a change here is a change of the protocol.
    @Test func `every kind of event is spelled as ever`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try Self.samples.enumerated().map { index, event in
            let record = Record(
                cursor: Cursor(rawValue: Int64(index) + 1), session: .test,
                time: Timestamp(millisecondsSince1970: 1_700_000_000_000), event: event)
            return String(decoding: try encoder.encode(ControlNotice.Happened(record, to: 1)), as: UTF8.self)
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "events.jsonl")
        let golden = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.count == golden.count)
        for (line, expected) in zip(lines, golden) { #expect(line == expected) }
    }

    @Test(arguments: [
        #"{"type":"dreamt","dream":1}"#, #"{"type":"changed","change":{"kind":"weather"}}"#,
        #"{"type":"stage","turn":1,"stage":{"role":"poet","round":1,"product":{"kind":"plan","text":""},"agent":"a","usage":{"inputTokens":0,"outputTokens":0},"durationMs":0}}"#,
    ])
    func `an event that only newer programs know is left out`(_ event: String) throws {
        let line = #"{"subscription":1,"cursor":2,"time":3,"session":"s","event":\#(event)}"#
        let read = try JSONDecoder().decode(ControlNotice.Happened.self, from: Data(line.utf8))
        #expect(read.record == nil)
    }

    @Test func `a value that only newer programs know is taken for the nearest`() throws {
        func event(_ text: String) throws -> Event? {
            try JSONDecoder().decode(EventForm.self, from: Data(text.utf8)).event
        }
        let turn = Turn.ID(rawValue: 1)
        #expect(
            try event(
                #"{"type":"action","turn":1,"action":{"id":"a","kind":"dance","title":"t","status":"tired","new":{}}}"#)
                == .action(turn, Action(id: "a", kind: .tool, title: "t", status: .completed)))
        #expect(try event(#"{"type":"notice","level":"loud","text":"t"}"#) == .notice(Notice(.info, "t")))
        #expect(
            try event(
                #"""
                {"type":"finished","turn":1,"outcome":{"status":"bored","text":"","durationMs":1,
                "usage":{"inputTokens":0,"outputTokens":0},"error":{"kind":"weather","message":"m"}}}
                """#)
                == .finished(
                    turn,
                    Outcome(status: .error, durationMs: 1, error: TurnError(kind: .internal, message: "m"))))
    }

    private func passed<Form: Codable>(_ form: Form) throws -> Form {
        try JSONDecoder().decode(Form.self, from: JSONEncoder().encode(form))
    }
}

extension WireTests {
    /// One event of every kind, and of every shape within a kind, with every member in one of them.
    static let samples: [Event] = {
        let turn = Turn.ID(rawValue: 2), id = Message.ID(rawValue: 1)
        var message = Message(text: "hi", author: "ann", origin: .telegram, sender: "s1")
        message.approvals = .read
        message.key = "k"
        let usage = Usage(inputTokens: 3, outputTokens: 4)
        let report = StageReport(
            role: .developer, round: 2, product: .answer("done"), next: .reviewer, agent: "codex", usage: usage,
            durationMs: 5, additions: ["also"], baseline: "b1")
        let request = ApprovalRequest(
            id: "r1", kind: .command, title: "ls", detail: "in /", reason: "to see", isReadOnly: true,
            choices: ["yes"])
        let asked = Approval(
            id: Approval.ID(rawValue: 7), turn: turn, askedAt: Timestamp(millisecondsSince1970: 9), request: request)
        func answered(_ decision: ApprovalDecision, _ basis: Approval.Basis, _ note: Message.ID? = nil) -> Event {
            var approval = asked
            approval.answer = Approval.Answer(decision, by: "ann (terminal)", basis: basis, note: note)
            return .approval(turn, approval)
        }
        func stage(_ role: Role, _ product: StageReport.Product) -> Event {
            .stage(turn, StageReport(role: role, product: product, agent: "codex"))
        }
        return [
            .accepted(id, message), .accepted(id, Message(text: "", author: "", origin: .terminal, sender: "")),
            .dropped([id]),
            .started(Turn(id: turn, .init(id: id, message: message, attempt: 2, progress: [report]))),
            .steered(turn, id), .unsteered(turn, id), .delta(turn, "so/far"),
            .action(turn, Action(id: "c1", kind: .command, title: "ls", status: .started)),
            .action(turn, Action(id: "c1", kind: .search, title: "x", status: .failed, role: .reviewer)),
            .approval(turn, asked), answered(.allow, .person), answered(.allowForSession, .session),
            answered(.deny(reason: "no"), .rule), answered(.deny(reason: nil), .withdrawal),
            answered(.answer("42"), .grant(Approval.ID(rawValue: 6)), id), .stage(turn, report),
            stage(.selector, .route(Route(.plan, reason: "big"))), stage(.planner, .plan("1. do")),
            stage(.reviewer, .verdict(Verdict(isApproved: false, feedback: "more", isReadable: false))),
            .finished(turn, Outcome(status: .ok)),
            .finished(
                turn,
                Outcome(
                    status: .error, text: "t", durationMs: 8, usage: usage,
                    error: TurnError(kind: .rateLimit, message: "m"), runsAgain: true, agent: "codex",
                    review: Review(rounds: 1, result: .maxRoundsReached), said: "s")),
            .changed(.mode(.plan)), .changed(.agent(.auto)), .changed(.profile("p")),
            .changed(.thread(ThreadKey(profile: "p", agent: "codex"), "th")), .changed(.renewed),
            .notice(Notice(.warn, "careful")), .revised(id, "ho"), .deleted, .stopping(turn, by: nil),
            .stopping(turn, by: "ann (telegram)"),
        ]
    }()
}
