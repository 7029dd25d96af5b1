import Conversation

/// Carries what somebody types to the core, until they leave.
struct TerminalConversation {
    let core: any Core
    let editor: LineEditor
    let screen: TerminalScreen
    let options: TerminalFront.Options
    let interrupts: TerminalInterrupts

    /// Returns when the person leaves; throws ``HubError`` when the core is closed.
    func run() async throws {
        var assembler = InputAssembler()
        for await event in editor.events {
            switch event {
            case .line(let line):
                let text = assembler.add(line)
                await screen.setContinuing(assembler.isOpen)
                guard let text, !text.allSatisfy(\.isWhitespace) else { continue }
                if try await !enter(text) { return }
            case .interrupt:
                let effect = interrupts.takeEffect()
                if effect == .hint, assembler.isOpen {
                    assembler = InputAssembler()
                    interrupts.forgetHint()
                    await screen.setContinuing(false)
                    await screen.show(Notice(.info, "the message that was begun is discarded"))
                } else if try await !act(on: effect) {
                    return
                }
            case .choice(let choice):
                try await answer(choice)
            case .eof:
                return
            }
        }
    }

    /// Hands a key's answer to the core.
    private func answer(_ choice: KeyChoice) async throws {
        guard let (id, decision) = await screen.answer(choice) else { return }
        do {
            switch try await core.answer(id, decision, from: message(""), in: options.session) {
            case .done:
                break
            case .unknown:
                await screen.noteAnswered(id)
            case .unfit(let reason):
                await screen.retract(id, because: reason)
            }
        } catch let error as HubError where error.code == .notStored {
            await screen.retract(id, because: "\(error)")
        }
    }

    private func message(_ text: String) -> Message {
        var message = Message(text: text, author: options.author, origin: .terminal, sender: options.sender)
        message.approvals = options.approvals
        return message
    }

    /// Returns false when it asked to leave.
    private func enter(_ text: String) async throws -> Bool {
        do {
            switch try await core.handle(message(text), in: options.session) {
            case .accepted(let receipt):
                guard receipt.ahead > 0 else { break }
                await screen.show(Notice(.info, "queued, \(receipt.ahead) before it (/queue, /cancel)"))
                await screen.remindOfQuestion()
            case .replied(let reply):
                await screen.show(reply)
                await screen.learnNames()
                return !reply.leaves
            }
        } catch let error as HubError where error.code == .notStored {
            await screen.show(Notice(.error, "\(error); the up arrow brings your text back"))
        }
        return true
    }

    /// Returns false when the person leaves.
    private func act(on effect: InterruptRule.Effect) async throws -> Bool {
        switch effect {
        case .interruptTurn:
            do {
                _ = try await core.interrupt(options.session)
            } catch let error as HubError where error.code == .notStored {
                await screen.show(Notice(.error, "\(error)"))
            }
        case .hint:
            await screen.show(Notice(.info, "press Ctrl-C again within 2 s, or Ctrl-D, to leave"))
        case .leave:
            return false
        case .nothing:
            break
        }
        return true
    }
}
