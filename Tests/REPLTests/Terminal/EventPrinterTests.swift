import Conversation
import Testing

@testable import REPL

@Suite struct EventPrinterTests {
    private func message(_ text: String, from sender: String) -> Message {
        Message(text: text, author: "ben", origin: .terminal, sender: sender)
    }

    private func lines(_ event: Event, _ printer: inout EventPrinter) -> [String] {
        printer.lines(for: event, columns: 80)
    }

    private let turn = Turn.ID(rawValue: 3)
    private let id = Message.ID(rawValue: 5)

    @Test func `what somebody else puts into the turn is told, and when the agent does not take it`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        #expect(lines(.accepted(id, message("use tabs", from: "other")), &printer) == [])
        #expect(lines(.steered(turn, id), &printer) == ["put into the running turn: ben (tty): use tabs"])
        #expect(
            lines(.unsteered(turn, id), &printer)
                == ["not taken by the agent, waits for a turn of its own: ben (tty): use tabs"])
    }

    @Test(arguments: [(1, "‼"), (2, "✱"), (3, "▲"), (4, "◆"), (5, "·")])
    func `a notification is one line with a mark by its priority`(priority: Int, mark: String) throws {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        var notice = Notice(.info, "the build\nis \u{1B}[31mred")
        notice.announced = Notice.Announced(try #require(Announcement.Priority(rawValue: priority)), of: "test")
        #expect(lines(.notice(notice), &printer) == ["\(mark) the build is ␛[31mred"])
    }

    @Test func `what was put into the turn here is told by the command's answer alone`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        #expect(lines(.accepted(id, message("use tabs", from: "me")), &printer) == [])
        #expect(lines(.steered(turn, id), &printer) == [])
    }

    @Test func `a file that is handed over is told with its size and path, without control characters`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        let file = SharedFile(path: "/w/a\u{1B}[2J.txt", name: "a\u{1B}[2J.txt", size: 5, hidesSecrets: true)
        let told = lines(.shared(file), &printer).joined()
        #expect(told.hasPrefix("📎 a") && told.contains(" · 5 bytes · /w/a") && !told.contains("\u{1B}"))
        #expect(told.hasSuffix("secrets in it are taken out where it is sent"))
    }

    @Test func `a question stands behind all that was said before it`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        #expect(lines(.delta(turn, "I need to"), &printer) == [])
        #expect(
            printer.question(.sample(7), age: 0, columns: 80).prefix(2) == ["I need to", "a7 wants to run a command"])
    }

    @Test func `an answer from here does not say from whom it is`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        printer.noteOwnAnswer(Approval.ID(rawValue: 7), isOwn: true)
        printer.noteOwnAnswer(Approval.ID(rawValue: 8), isOwn: true)
        printer.noteOwnAnswer(Approval.ID(rawValue: 8), isOwn: false)
        #expect(
            lines(.approval(turn, Approval.sample(7).answered(.allow)), &printer) == ["  a7 make test · allowed once"])
        #expect(
            lines(.approval(turn, Approval.sample(8).answered(.allow)), &printer)
                == ["  a8 make test · allowed by ann (terminal)"])
    }

    @Test(
        arguments: [
            (nil, "  $ make test (asked, not run)"), (.deny(reason: nil), "  $ make test (asked, not run)"),
            (.allow, "  $ make test (still running)"),
        ] as [(ApprovalDecision?, String)])
    func `a command that was only asked for does not run on at the end of the turn`(
        decision: ApprovalDecision?, line: String
    ) {
        var printer = printer(asked: .sample(7), decision)
        let outcome = Outcome(status: .interrupted)
        #expect(lines(.finished(turn, outcome), &printer).first == line)
    }

    @Test func `a command that fails because it was denied did not run`() {
        var denied = printer(asked: .sample(7), .deny(reason: nil))
        var other = printer(asked: .sample(7, .command, "make all"), .deny(reason: nil))
        let failed = Action(id: "1", kind: .command, title: "make test", status: .failed)
        #expect(lines(.action(turn, failed), &denied) == ["  $ make test (not run)"])
        #expect(lines(.action(turn, failed), &other) == ["  $ make test (failed)"])
    }

    private func printer(history: String? = nil) -> EventPrinter {
        EventPrinter(sender: "me", style: TextStyle(isColoured: false), history: history)
    }

    @Test func `a message of somebody else that waits is told, and again when its turn comes`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        _ = lines(.accepted(Message.ID(rawValue: 5), message("mine", from: "me")), &printer)
        #expect(lines(.accepted(Message.ID(rawValue: 6), message("theirs", from: "other")), &printer) == [])
        let told = [printer.flush(), printer.flush()]
        #expect(told == [["ben (tty): theirs · waits, 2 before it"], []])
        _ = lines(.finished(turn, Outcome(status: .ok)), &printer)
        #expect(lines(.started(.sample(6, "mine", from: "me")), &printer) == ["› mine"])
        _ = lines(.finished(turn, Outcome(status: .ok)), &printer)
        #expect(lines(.started(.sample(7, "theirs")), &printer) == ["ben (tty): theirs"])
    }

    @Test func `a message that goes into the turn at once does not wait`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        _ = lines(.accepted(id, message("use tabs", from: "other")), &printer)
        #expect(lines(.steered(turn, id), &printer) == ["put into the running turn: ben (tty): use tabs"])
    }

    @Test func `what waits is told before what happens next, and the same name from elsewhere is somebody else`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me", author: "ann")), &printer)
        let message = Message(text: "too", author: "ann", origin: .terminal, sender: "another terminal")
        _ = lines(.accepted(id, message), &printer)
        #expect(
            lines(.notice(Notice(.info, "news")), &printer) == ["ann (tty): too · waits, 1 before it", "news"])
    }

    @Test(
        arguments: [
            (0, []), (1, ["1 message waits and is next; /cancel all drops it too"]),
            (2, ["2 messages wait, and the first is next; /cancel all drops them too"]),
        ] as [(Int64, [String])])
    func `who stops a turn is told what runs next`(count: Int64, told: [String]) {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        for number in 0..<(count + 1) {
            _ = lines(.accepted(Message.ID(rawValue: 5 + number), message("next", from: "me")), &printer)
        }
        _ = lines(.dropped([id]), &printer)
        let stopped = Outcome(status: .cancelled, durationMs: 2000)
        #expect(lines(.finished(turn, stopped), &printer) == ["■ stopped after 2.0 s"] + told)
    }

    @Test func `who stopped a turn is told, but for one that was stopped here`() {
        let name = "me (terminal)"
        var printer = EventPrinter(sender: "me", person: name, style: TextStyle(isColoured: false))
        func end(_ number: Int64, by person: String?, _ own: [Bool]) -> [String] {
            let turn = Turn.sample(number, "go", from: "me")
            _ = lines(.started(turn), &printer)
            for isOwn in own { printer.noteOwnStop(of: turn.id, isOwn: isOwn) }
            var outcome = Outcome(status: .cancelled)
            outcome.stoppedBy = person
            return lines(.finished(turn.id, outcome), &printer)
        }
        #expect(end(3, by: name, [true]) == ["■ stopped after 0.0 s"])
        #expect(end(5, by: name, []) == ["■ stopped by me (terminal) after 0.0 s"])
        #expect(end(7, by: name, [true, false]) == ["■ stopped by me (terminal) after 0.0 s"])
        // Somebody else was faster.
        #expect(end(9, by: "ben (Telegram)", [true]) == ["■ stopped by ben (Telegram) after 0.0 s"])
    }

    @Test func `the stop of a turn that runs again under another number is as much one's own`() {
        var printer = EventPrinter(sender: "me", person: "me (terminal)", style: TextStyle(isColoured: false))
        var again = Turn.sample(3, "go", from: "me", attempt: 2)
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        printer.noteOwnStop(isOwn: true)
        again.id = Turn.ID(rawValue: 8)
        _ = lines(.started(again), &printer)
        var outcome = Outcome(status: .cancelled)
        outcome.stoppedBy = "me (terminal)"
        #expect(lines(.finished(again.id, outcome), &printer) == ["■ stopped after 0.0 s"])
    }

    @Test func `what others do does not tear the line that the agent is in the midst of`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        _ = lines(.delta(turn, "half a "), &printer)
        _ = lines(.accepted(id, message("too", from: "other")), &printer)
        #expect(lines(.changed(.mode(.plan)), &printer) == ["ben (tty): too · waits, 1 before it", "mode: plan"])
        #expect(lines(.delta(turn, "line\n"), &printer) == ["half a line"])
    }

    @Test func `who leaves is not told that something runs now`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        _ = lines(.accepted(id, message("next", from: "me")), &printer)
        printer.noteLeaving()
        #expect(lines(.finished(turn, Outcome(status: .cancelled)), &printer) == ["■ stopped after 0.0 s"])
    }

    @Test(
        arguments: [
            (.mode(.plan), "mode: plan"), (.agent(.named("codex")), "agent: codex"),
            (.profile("Fast"), "profile: Fast"),
            (.renewed, "a new conversation begins"),
        ] as [(SessionChange, String)])
    func `a change is told when it was not made here`(change: SessionChange, line: String) {
        var printer = printer()
        printer.expect(change)
        #expect(lines(.changed(change), &printer) == [])
        #expect(printer.settle(change, made: change) == [])
        #expect(lines(.changed(change), &printer) == [line])
        printer.expect(change)
        #expect(printer.settle(change, made: nil) == [])
        #expect(lines(.changed(change), &printer) == [line])
        printer.expect(change)
        #expect(lines(.changed(change), &printer) == [])
        #expect(printer.settle(change, made: nil) == [line])
    }

    @Test func `a message that is changed while it waits is told in one line, with its writer where that is known`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        _ = lines(.accepted(id, message("use tabs", from: "other")), &printer)
        #expect(
            lines(.revised(id, "use\nspaces"), &printer)
                == ["ben (tty): use tabs · waits, 1 before it", "ben (tty) changed what waits: use spaces"])
        #expect(lines(.steered(turn, id), &printer) == ["put into the running turn: ben (tty): use spaces"])
        #expect(lines(.revised(Message.ID(rawValue: 9), "more"), &printer) == ["changed what waits: more"])
    }

    @Test func `that the session was deleted is told`() {
        var printer = printer()
        #expect(lines(.deleted, &printer).joined(separator: " ").hasPrefix("this session was deleted"))
    }

    @Test func `a turn that the terminal comes upon is told once, also one that was asked here`() {
        var unknown = printer(history: "nothing was said yet"), known = printer(history: "ben (tty, 1 s ago): go\non")
        let own = Event.started(.sample(3, "go\non", from: "me"))
        #expect(lines(own, &unknown) == ["ben (tty): go\non"])
        #expect(lines(own, &known) == [])
        #expect(lines(.started(.sample(9, "more", from: "me")), &known) == [])
        var late = printer(history: "ben (tty, 1 s ago): again")
        _ = lines(.notice(Notice(.info, "news")), &late)
        #expect(lines(.started(.sample(3, "again")), &late) == ["ben (tty): again"])
    }

    @Test func `what a turn said whose end was missed is told before the next one`() {
        var printer = printer()
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        _ = lines(.delta(turn, "half"), &printer)
        #expect(lines(.started(.sample(9, "next")), &printer) == ["half", "ben (tty): next"])
    }

    /// A printer in whose turn a command began, was asked for and got this answer, if any.
    private func printer(asked: Approval, _ decision: ApprovalDecision?) -> EventPrinter {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        let waiting = SessionState.Waiting(id: id, message: message("go", from: "me"))
        _ = lines(.started(Turn(id: turn, waiting)), &printer)
        _ = lines(.action(turn, Action(id: "1", kind: .command, title: "make test", status: .started)), &printer)
        _ = lines(.approval(turn, asked), &printer)
        if let decision { _ = lines(.approval(turn, asked.answered(decision)), &printer) }
        return printer
    }

    // MARK: Markdown

    private static let answer = """
        # Result

        It **works**, see `run()` in [the guide](https://a.org/guide).

        - one
        - *two*

        > said

        ```swift
        let a = "x"
        ```

        | n | m |
        |---|--:|
        | a | 22 |

        """

    @Test(arguments: [false, true])
    func `an answer of which only the end is heard is shown, and what was heard or shown before is not`(
        isColoured: Bool
    ) {
        let style = TextStyle(isColoured: isColoured), end = style.dim("✓ 0.0 s")
        let finished = Event.finished(turn, Outcome(status: .ok, text: "It is done"))
        var printer = EventPrinter(sender: "me", style: style)
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        #expect(lines(finished, &printer) == ["It is done", end])
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        #expect(lines(.delta(turn, "It is done"), &printer).isEmpty)
        #expect(lines(finished, &printer) == ["It is done", end])
        printer = EventPrinter(sender: "me", style: style, history: "You said: go\nIt is done")
        #expect(lines(finished, &printer) == [end])
    }

    @Test func `an answer has the looks of Markdown where there are colours`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: true))
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        var told: [String] = []
        for character in Self.answer { told += lines(.delta(turn, String(character)), &printer) }
        told += lines(.finished(turn, Outcome(status: .ok, durationMs: 1000)), &printer)
        #expect(
            told == [
                "\u{1B}[1;4mResult\u{1B}[0m", "",
                "It \u{1B}[1mworks\u{1B}[0m, see \u{1B}[36mrun()\u{1B}[0m in \u{1B}[4mthe guide\u{1B}[0m"
                    + "\u{1B}[2m (https://a.org/guide)\u{1B}[0m.",
                "", "• one", "• \u{1B}[3mtwo\u{1B}[0m", "", "\u{1B}[2m│\u{1B}[0m said", "",
                "    \u{1B}[2mlet a = \"x\"\u{1B}[0m", "", "\u{1B}[1mn\u{1B}[0m   \u{1B}[1mm\u{1B}[0m", "─  ──",
                "a  22", "\u{1B}[2m✓ 1.0 s\u{1B}[0m",
            ])
    }

    @Test func `without colours an answer is what the agent sent`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        var told: [String] = []
        for character in Self.answer { told += lines(.delta(turn, String(character)), &printer) }
        #expect(told.map { $0 + "\n" }.joined() == Self.answer)
    }

    @Test func `what is told in the midst of code leaves it code, and the end of the turn ends it`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: true))
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        #expect(lines(.delta(turn, "```\none\ntw"), &printer) == ["    \u{1B}[2mone\u{1B}[0m"])
        #expect(
            lines(.notice(Notice(.info, "news")), &printer) == [
                "    \u{1B}[2mtw\u{1B}[0m", "\u{1B}[2mnews\u{1B}[0m",
            ])
        #expect(lines(.delta(turn, "o\n"), &printer) == ["\u{1B}[2mo\u{1B}[0m"])
        #expect(lines(.finished(turn, Outcome(status: .ok)), &printer) == ["\u{1B}[2m✓ 0.0 s\u{1B}[0m"])
        _ = lines(.started(.sample(5, "go on", from: "me")), &printer)
        #expect(lines(.delta(turn, "plain\n\n"), &printer) == ["plain"])
    }

    @Test func `two messages of an agent are two texts`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: true))
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        var told: [String] = []
        for event in [
            Event.delta(turn, "1. one\n2. two"), .notice(Notice(.info, "news")), .delta(turn, "\n\n1. other"),
            .notice(Notice(.info, "more")), .delta(turn, "\n\n```\ncode"), .notice(Notice(.info, "last")),
            .delta(turn, "\n\nwords"), .finished(turn, Outcome(status: .ok)),
        ] { told += lines(event, &printer) }
        let shown = told.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }.filter { !$0.isEmpty }
        #expect(
            shown == [
                "1. one", "2. two", "news", "1. other", "more", "    code", "last", "words", "✓ 0.0 s",
            ])
    }

    @Test func `nothing in an answer acts on the terminal, whatever Markdown it is in`() {
        let evil = "\u{1B}[31mred\u{7}\u{9B}2J\u{8}\u{1B}]0;t\u{7}"
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: true))
        _ = lines(.started(.sample(3, "go", from: "me")), &printer)
        let texts = [
            evil, "# \(evil)", "```\n\(evil)\n```", "`\(evil)`", "|\(evil)|\n|-|\n|\(evil)|", "[\(evil)](<\(evil)>)",
        ]
        for text in texts {
            var told: [String] = []
            for character in text { told += lines(.delta(turn, String(character)), &printer) }
            told += lines(.finished(turn, Outcome(status: .ok)), &printer)
            let shown = told.joined().replacing(/\u{1B}\[[0-9;]*m/, with: "")
            #expect(shown.contains("red") && !told.joined().contains("\u{1B}[31m"))
            #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }
}
