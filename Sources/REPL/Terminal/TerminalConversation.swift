import Conversation

/// Carries what somebody types to the core, until they leave.
///
/// Lines go to the core one after the other, while keys and Ctrl-C wait for none of them: the core may be away for half
/// a minute, when it moves to another process.
struct TerminalConversation {
    let core: any Core
    let editor: LineEditor
    let screen: TerminalScreen
    let options: TerminalFront.Options
    let interrupts: TerminalInterrupts
    /// Takes each session to which the person goes.
    let attached: AsyncStream<TerminalAttachment>.Continuation
    /// Measures how long the core takes to answer.
    let clock: any Clock<Duration>

    /// Whether there is more to do.
    private enum Step {
        /// What was typed is still to be handed in.
        case handsIn
        case leaves
    }

    /// Returns when the person leaves; throws ``HubError`` when the core is closed.
    func run() async throws {
        // Unbounded: a person makes them.
        let (lines, typed) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .unbounded)
        try await withThrowingTaskGroup(of: Step.self) { group in
            group.addTask { try await listen(typed) }
            group.addTask { try await handIn(lines) }
            defer { group.cancelAll() }
            while let step = try await group.next() {
                if step == .leaves { return }
            }
        }
    }

    // MARK: Keys

    private func listen(_ typed: AsyncStream<String>.Continuation) async throws -> Step {
        var assembler = InputAssembler()
        return try await withThrowingDiscardingTaskGroup { calls in
            for await event in editor.events {
                switch event {
                case .line(let line):
                    let text = assembler.add(line)
                    await screen.setContinuing(assembler.isOpen)
                    guard let text, !text.allSatisfy(\.isWhitespace) else { continue }
                    if let draft = message(text).textToEdit {
                        editor.edit(draft)
                    } else {
                        typed.yield(text)
                    }
                case .interrupt:
                    guard let (effect, session) = interrupts.takeEffect() else { continue }
                    if effect == .hint, assembler.isOpen {
                        assembler = InputAssembler()
                        interrupts.forgetHint()
                        await screen.setContinuing(false)
                        await screen.show(Notice(.info, "the message that was begun is discarded"))
                        continue
                    }
                    switch effect {
                    case .interrupt(let turn): calls.addTask { try await interrupt(turn, of: session) }
                    case .hint:
                        await screen.show(Notice(.info, "press Ctrl-C again within 2 s, or Ctrl-D, to leave"))
                    case .leave:
                        calls.cancelAll()
                        return .leaves
                    case .nothing: continue
                    }
                case .choice(let choice):
                    guard let answer = await screen.answer(choice) else { continue }
                    calls.addTask { try await give(answer) }
                case .edited(let outcome, let original):
                    if let notice = outcome.notice(of: original) { await screen.show(notice) }
                case .eof:
                    break
                }
            }
            // Ctrl-D, or the terminal is gone: what was typed before counts.
            typed.finish()
            return .handsIn
        }
    }

    /// Hands a key's answer to the core.
    private func give(_ answer: KeyAnswer) async throws {
        do {
            let answered = try await patiently {
                try await core.answer(answer.id, answer.decision, from: message(""), in: answer.place.session)
            }
            switch answered {
            case .done: break
            case .unknown: await screen.noteAnswered(answer)
            case .unfit(let reason): await screen.retract(answer, because: reason)
            }
        } catch let error as HubError {
            try await check(error)
            await screen.retract(answer, because: "\(error)")
        }
    }

    private func interrupt(_ turn: Turn.ID, of session: SessionID) async throws {
        do {
            let person = message("")
            await screen.noteOwnStop(of: turn, in: session, isOwn: true)
            let hasStopped = try await patiently { try await core.interrupt(session, turn: turn, by: person) }
            if !hasStopped { await screen.noteNothingStopped(of: turn, in: session) }
        } catch let error as HubError {
            try await check(error)
            await screen.noteOwnStop(of: turn, in: session, isOwn: false)
            interrupts.noteFailure(of: turn, in: session)
            await screen.show(Notice(.error, "\(error)"))
        }
    }

    // MARK: Lines

    private func handIn(_ lines: AsyncStream<String>) async throws -> Step {
        for await text in lines {
            if try await !enter(text) { return .leaves }
        }
        return .leaves
    }

    /// Returns false when it asked to leave.
    private func enter(_ text: String) async throws -> Bool {
        let session = await screen.session
        let change = SessionChange(typed: text)
        if let change { await screen.expect(change) }
        let message = message(text)
        if message.stopsTurn { await screen.noteOwnStop(in: session, isOwn: true) }
        do {
            switch try await patiently({ try await core.handle(message, in: session) }) {
            case .accepted(let receipt):
                if let change { await screen.settle(change, made: nil) }
                guard receipt.ahead > 0 else { break }
                await screen.show(Notice(.info, "queued, \(receipt.ahead) before it (/queue, /cancel)"))
                await screen.remindOfQuestion()
            case .replied(let reply):
                if let change { await screen.settle(change, made: reply.change) }
                if message.stopsTurn, !reply.ok { await screen.noteOwnStop(in: session, isOwn: false) }
                if let target = reply.attaches { try await attach(to: target) } else { await screen.show(reply) }
                await screen.learnNames()
                return !reply.leaves
            }
        } catch let error as HubError {
            try await check(error)
            if let change { await screen.settle(change, made: nil) }
            await screen.show(Notice(.error, "\(error); the up arrow brings your text back"))
        }
        return true
    }

    /// Goes to `session`, and shows the end of what was said there.
    private func attach(to session: SessionID) async throws {
        let events = try await patiently { try await core.lastingEvents(of: session, answers: true) }
        let attachment = await screen.attach(to: session, events)
        // Before anything new, and without it where it cannot be had.
        if case .replied(let reply)? = try? await core.handle(message("/history 2"), in: session) {
            await screen.showHistory(reply.text)
        }
        attached.yield(attachment)
    }

    private func message(_ text: String) -> Message {
        var message = Message(text: text, author: options.author, origin: .terminal, sender: options.sender)
        message.approvals = options.approvals
        return message
    }

    // MARK: The core

    /// Throws `error` when all further talk is in vain.
    private func check(_ error: HubError) async throws {
        // Closed, but with events to come: it moves, and was not there in time.
        if error.code == .closed, await screen.isOver { throw error }
    }

    /// Returns what `call` does; says so when the core does not answer for a second.
    private func patiently<Value: Sendable>(_ call: () async throws -> Value) async throws -> Value {
        async let _: Void = tellOfDelay()
        let value = try await call()
        await screen.noteAnswer()
        return value
    }

    private func tellOfDelay() async {
        do {
            try await clock.sleep(for: .milliseconds(500))
            // A command may take its time where the core is well: then that answers something else.
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    _ = try? await core.names()  // not even whether it could be read
                    return false
                }
                group.addTask {
                    try await clock.sleep(for: .milliseconds(500))
                    return true
                }
                defer { group.cancelAll() }
                if try await group.next() == true { await screen.tellOfDelay() }
            }
        } catch {
            return  // It answered.
        }
    }
}
