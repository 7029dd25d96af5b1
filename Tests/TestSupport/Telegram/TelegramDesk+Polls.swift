import JSONRPC

extension TelegramDesk {
    /// Answers `getUpdates`, when there is something to tell.
    func poll(_ method: String, _ parameters: CallParameters, _ caller: HTTPCaller) -> HTTPAnswer {
        let (call, fault, begun) = change { world -> (Int, TelegramFault?, TelegramWorld.Poll?) in
            let call = world.begin(method, parameters)
            let fault = world.faults.next(for: "getupdates")
            switch fault {
            case let fault where fault?.isOnTheWay == true:
                world.end(call, .lost, fault: fault)
                return (call, fault, nil)
            case let fault where fault?.instead != nil: return (call, fault, .refused(fault?.instead ?? .unauthorized))
            default: break
            }
            do throws(APIFault) {
                return (call, fault, try world.beginPoll(parameters, caller: caller, fault: fault))
            } catch {
                return (call, fault, .refused(error))
            }
        }
        guard let begun else { return FaultyAnswer.answer(nil, fault, to: caller) }
        guard let result = finish(begun, caller, isMade: fault?.instead != nil) else {
            change { $0.end(call, .lost, fault: fault) }
            return .drop
        }
        change { $0.end(call, RecordedCall.Outcome(result), fault: fault) }
        return FaultyAnswer.answer(APIReply(result: result), fault, to: caller)
    }

    /// Waits as long as the poll has to; `nil` when the client has gone meanwhile.
    private func finish(
        _ begun: TelegramWorld.Poll, _ caller: HTTPCaller, isMade: Bool
    ) -> Result<JSONValue, APIFault>? {
        switch begun {
        case .answered(let updates): return .success(.array(updates))
        case .refused(let fault):
            guard fault.code == 409, !isMade else { return .failure(fault) }
            let delay = change { $0.seats.conflictDelay($0.rules.conflictDelay / .seconds(1), now: $0.now) }
            return FaultyAnswer.pause(.seconds(delay), caller) ? .failure(fault) : nil
        case .waits(let seat, let seconds):
            let deadline = ContinuousClock.now + .seconds(seconds)
            while true {
                let waking = caller.wait(deadline - .now)
                guard waking != .gone else {
                    change { $0.seats.leave(seat) }
                    return nil
                }
                if let next = change({ $0.resumePoll(seat, isOver: waking == .timedOut) }) {
                    return finish(next, caller, isMade: false)
                }
            }
        }
    }
}
