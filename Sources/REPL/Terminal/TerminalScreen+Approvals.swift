import Conversation
import Foundation

/// A key's answer to a question of an agent.
struct KeyAnswer: Sendable {
    let id: Approval.ID
    let decision: ApprovalDecision
    /// Where it was asked.
    let place: TerminalAttachment
}

extension TerminalScreen {
    /// The answer that a key means; nil when it means none any more.
    func answer(_ choice: KeyChoice) -> KeyAnswer? {
        defer { refresh() }
        let isOpen = board.question(of: choice) != nil
        if let shown = board.view(choice) {
            print(printer.question(shown, age: age(of: shown), columns: terminal.size.columns, isWhole: true))
            return nil
        }
        guard let answer = board.answer(choice) else {
            let text = isOpen ? "an answer needs words; n declines" : "that is not asked any more"
            show(Notice(.info, text))
            return nil
        }
        printer.noteOwnAnswer(answer.id, isOwn: true)
        return KeyAnswer(id: answer.id, decision: answer.decision, place: attachment)
    }

    /// What was typed is a message, and the turn before it waits for an answer: says how to give that.
    func remindOfQuestion() {
        guard let current = board.current else { return }
        let way = current.request.kind == .question ? "/answer \(current.id) TEXT" : "/approve \(current.id)"
        show(
            Notice(
                .warn, "the running turn waits for your answer to \(current.id): press a key of the prompt, or \(way)"))
    }

    /// An answer from here came too late.
    func noteAnswered(_ answer: KeyAnswer) async {
        guard isCurrent(answer.place) else { return }
        printer.noteOwnAnswer(answer.id, isOwn: false)
        show(Notice(.info, "\(answer.id) was answered already"))
        board.close(answer.id)
        await showNext(answer.place)
        refresh()
    }

    /// An answer from here did not count: the question is as open as before.
    func retract(_ answer: KeyAnswer, because reason: String) {
        guard isCurrent(answer.place) else {
            show(Notice(.error, "\(answer.id) of \(answer.place.session): \(reason)"))
            return
        }
        printer.noteOwnAnswer(answer.id, isOwn: false)
        board.retract(answer.id)
        show(Notice(.error, reason))
        refresh()
    }

    /// Whether `approval` waits for an answer; what is allowed by a rule, or was for the session, is answered at once.
    func isOpen(_ approval: Approval, in session: SessionID) async -> Bool {
        do {
            return try await core.openApprovals(of: session).contains { $0.id == approval.id }
        } catch {
            return true  // The core closes: then it is open.
        }
    }

    func ask(_ approval: Approval) {
        let age = age(of: approval)
        guard board.add(approval, askedAt: .now - .milliseconds(age)) else { return }
        if board.open.count == 1 { introduced = approval.id }
        print(printer.question(approval, age: age, columns: terminal.size.columns))
    }

    /// How long ago it was asked, in milliseconds.
    private func age(of approval: Approval) -> Int64 { age(of: approval.askedAt) }

    /// How long ago a turn began that may have run before this terminal came, in milliseconds.
    func age(ofTurn start: Timestamp) -> Int64 {
        let age = age(of: start)
        // No turn takes a day: a clock was set.
        return age < 86_400_000 ? age : 0
    }

    /// How long ago `time` was, in milliseconds.
    func age(of time: Timestamp) -> Int64 {
        Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000)).milliseconds(since: time)
    }

    /// Says which question the keys answer now; it may stand far up the screen.
    func showNext(_ source: TerminalAttachment) async {
        guard let next = board.open.first, next.id != introduced else { return }
        introduced = next.id
        // The end of a turn closes all its questions, one by one.
        guard await isOpen(next, in: source.session), isCurrent(source) else { return }
        show(Notice(.info, "next \(next.id): \(ApprovalText.visible(next.request.title.headline(100)))"))
    }

    func offer() -> KeyOffer? {
        guard !prompt.isContinuing, let current = board.current, let number = board.offerNumber() else { return nil }
        let waited = StatusPrompt.time(from: board.waitsSince ?? .now, to: .now)
        let places = [prompt.name, board.place].compactMap(\.self)
        let place = places.isEmpty ? nil : places.joined(separator: " · ")
        let texts = ApprovalPrompt(request: current.request, place: place, waited: waited, style: printer.style)
        return texts.offer(number, columns: terminal.size.columns)
    }
}
