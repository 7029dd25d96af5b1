extension Lane {
    /// How often a message that somebody deletes is sent anew.
    private static let mostLosses = 2
    /// The pauses before a placeholder that is refused is sent anew; whatever is told may be over by then.
    private static let refusalPauses: [Duration] = [.seconds(2), .seconds(10), .seconds(60), longestRefusal]
    /// The longest of them.
    static let longestRefusal = Duration.seconds(300)
    /// The shortest that a flood is taken to last, whatever is said.
    private static let shortestHold = Duration.seconds(1)

    /// The request in flight has ended; nothing else begins before ``settle()``, when what is returned is on disk.
    mutating func end(_ result: Result<Int64, BotError>, at now: Int64, chance: Double) -> [Deed] {
        guard let errand = inFlight, let index = waiting.firstIndex(where: { $0.slot.key == errand.key }) else {
            return []
        }
        let deeds =
            switch result {
            case .success(let message): calm(errand) + arrived(errand, message, index)
            case .failure(let error): failed(errand, error, index, at: now, chance: chance)
            }
        return deeds + withdrawEnded()
    }

    /// What ``end(_:at:chance:)`` asked for is done.
    mutating func settle() { (inFlight, isHeardFrom) = (nil, false) }

    /// Somebody was heard from in the chat: if it cannot be written to, that is tried at once.
    mutating func hear(from chat: Int64) -> [Deed] {
        if inFlight != nil { isHeardFrom = true }
        guard var loss else { return [] }
        loss.until = 0
        self.loss = loss
        return [.lose(chat: chat, loss)]
    }

    private mutating func arrived(_ errand: Errand, _ message: Int64, _ index: Int) -> [Deed] {
        waiting[index].slot.stage = .placed(message)
        if errand.step != .reserve { waiting[index].slot.shown = errand.content }
        let wish = takeButtons(index)
        let slot = waiting[index].slot
        if !slot.isDue {
            waiting.remove(at: index)
        } else if slot.priority == .progress, errand.step != .reserve {
            // Other topics have their turn.
            waiting.append(waiting.remove(at: index))
        }
        return wish + [.note(slot)]
    }

    private mutating func failed(
        _ errand: Errand, _ error: BotError, _ index: Int, at now: Int64, chance: Double
    ) -> [Deed] {
        switch error.code {
        case .flood(let pause):
            hold(until: now + max(pause, Self.shortestHold).milliseconds)
            return takeBack(errand, index) + [
                .hold(chat: errand.chat, until: heldUntil), .tell(.held(chat: errand.chat, until: heldUntil)),
            ]
        case .network, .server, .conflict:
            restingUntil = now + backOff.fail(chance: chance).milliseconds
            guard errand.step == .send, error.mayHaveReached else { return takeBack(errand, index) }
            guard errand.slot.delivery == .once else {
                waiting[index].doubts += 1
                return takeBack(errand, index)
            }
            let slot = waiting.remove(at: index).slot
            return [
                .note(slot.failed(error.description)), .tell(.uncertain(key: errand.key, reason: error.description)),
            ]
        case .migrated:
            // Counts only where nothing has moved: a group that has become itself.
            restingUntil = now + backOff.fail(chance: chance).milliseconds
            return takeBack(errand, index)
        case .unauthorized:
            return takeBack(errand, index)
        case .forbidden, .refused(.chatNotFound), .refused(.noRights):
            return takeBack(errand, index) + lose(errand.chat, error.description, at: now)
        case .refused(let refusal):
            return calm(errand) + refused(errand, refusal, error.description, index, at: now)
        }
    }

    private mutating func refused(
        _ errand: Errand, _ refusal: BotError.Refusal, _ reason: String, _ index: Int, at now: Int64
    ) -> [Deed] {
        switch (errand.step, refusal) {
        case (.fill(let message), .notModified):
            return arrived(errand, message, index)
        case (.fill(let message), .messageGone):
            return gone(errand, message, reason, index)
        case (.reserve, .topicGone), (.send, .topicGone):
            guard let topic = errand.slot.address.topic else { return giveUp(errand, reason, index) }
            lostTopics.insert(topic)
            return takeBack(errand, index) + [.tell(.topicGone(errand.slot.address))]
        case (.reserve, .replyGone) where errand.slot.replyTo != nil,
            (.send, .replyGone) where errand.slot.replyTo != nil:
            waiting[index].isReplyLost = true
            return takeBack(errand, index)
        case (.reserve, _):
            // A placeholder has nothing in it that could be wrong: what is told may be over by the next try.
            let refusals = waiting[index].refusals
            guard refusals < Self.refusalPauses.count else { return giveUp(errand, reason, index) }
            waiting[index].refusals += 1
            // Progress that has become an answer meanwhile need not wait.
            if waiting[index].slot.priority == errand.slot.priority {
                waiting[index].restingUntil = now + Self.refusalPauses[refusals].milliseconds
            }
            return takeBack(errand, index)
        case (.fill, _), (.send, _):
            let slot = waiting[index].slot
            // What was refused is not wanted any more.
            guard slot.wanted == errand.content else { return takeBack(errand, index) }
            let isProgress = slot.priority == .progress
            guard let form = errand.form.following(refusal, for: errand.content, isProgress: isProgress) else {
                return giveUp(errand, reason, index)
            }
            waiting[index].form = form
            return takeBack(errand, index)
        }
    }

    /// An answer is sent anew; for progress, for what people were told once, and for less buttons, nobody waits.
    private mutating func gone(_ errand: Errand, _ message: Int64, _ reason: String, _ index: Int) -> [Deed] {
        let slot = waiting[index].slot
        guard slot.priority == .final, slot.delivery == .filled, !slot.onlyLosesButtons else {
            return arrived(errand, message, index)
        }
        guard waiting[index].losses < Self.mostLosses else { return giveUp(errand, reason, index) }
        waiting[index].losses += 1
        waiting[index].slot.stage = .new
        waiting[index].slot.shown = nil
        return [.note(waiting[index].slot)]
    }

    /// No form of it goes: an answer has failed, while progress counts as shown or was never begun, so that its message
    /// still gets the answer; nobody waits for less buttons.
    private mutating func giveUp(_ errand: Errand, _ reason: String, _ index: Int) -> [Deed] {
        var slot = waiting[index].slot
        if case .fill(let message) = errand.step, slot.priority == .progress || slot.onlyLosesButtons {
            return arrived(errand, message, index)
        }
        waiting.remove(at: index)
        if errand.step == .reserve, slot.priority == .progress {
            slot.stage = .new
            return [.note(slot)]
        }
        let remark: OutboxRemark =
            slot.priority == .final
            ? .notSent(key: slot.key, chat: slot.address.chat, reason: reason)
            : .leftOut(key: slot.key, reason: reason)
        return [.note(slot.failed(reason)), .tell(remark)]
    }

    /// The chat cannot be written to: what is due waits until it can, or for too long.
    ///
    /// What is told in passing, of which there may be one for each stranger, is not kept for that.
    private mutating func lose(_ chat: Int64, _ reason: String, at now: Int64) -> [Deed] {
        var deeds: [Deed] = []
        for passing in waiting where passing.slot.isPassing {
            deeds += [.note(passing.slot.failed(reason)), .tell(.leftOut(key: passing.slot.key, reason: reason))]
        }
        waiting.removeAll(where: \.slot.isPassing)
        guard loss?.isFinal(at: now) != true else { return deeds + abandon(chat, reason) }
        guard !waiting.isEmpty else { return deeds }
        let isNew = loss == nil, next = ChatLoss(at: now, after: loss, isDoubted: isHeardFrom)
        loss = next
        return deeds + [.lose(chat: chat, next)] + (isNew ? [.tell(.chatLost(chat, reason: reason))] : [])
    }

    /// Nobody waits any more; progress is not failed, as its message is yet to get the answer.
    private mutating func abandon(_ chat: Int64, _ reason: String) -> [Deed] {
        let finals = waiting.map(\.slot).filter { $0.priority == .final }
        let count = finals.count { !$0.onlyLosesButtons }
        (waiting, loss) = ([], nil)
        return finals.map { .note($0.failed(reason)) } + [.lose(chat: chat, nil)]
            + (count == 0 ? [] : [.tell(.abandoned(chat, count: count, reason: reason))])
    }

    /// Nothing has arrived: what was noted as sent before it was, was not.
    private mutating func takeBack(_ errand: Errand, _ index: Int) -> [Deed] {
        guard errand.step == .send else { return [] }
        waiting[index].slot.stage = .new
        return [.note(waiting[index].slot)]
    }

    /// Telegram has answered, and takes something from here.
    private mutating func calm(_ errand: Errand) -> [Deed] {
        backOff.reset()
        var deeds: [Deed] = []
        if isHeld { deeds.append(.hold(chat: errand.chat, until: nil)) }
        if loss != nil { deeds += [.lose(chat: errand.chat, nil), .tell(.chatBack(errand.chat))] }
        (isHeld, loss) = (false, nil)
        return deeds
    }
}
