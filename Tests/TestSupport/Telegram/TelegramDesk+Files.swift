import JSONRPC

extension TelegramDesk {
    /// Answers whoever fetches a file; faults and calls know this as the method `file`.
    func download(_ path: String, _ caller: HTTPCaller) -> HTTPAnswer {
        let (response, fault) = change { world -> (ServedResponse?, TelegramFault?) in
            let call = world.begin("file", CallParameters(values: ["path": .string(path)]))
            let fault = world.faults.next(for: "file")
            switch fault {
            case let fault where fault?.isOnTheWay == true:
                world.end(call, .lost, fault: fault)
                return (nil, fault)
            case let fault where fault?.instead != nil:
                let refusal = fault?.instead ?? .unauthorized
                world.end(call, .failed(refusal.code, refusal.description), fault: fault)
                return (APIReply(result: .failure(refusal)).response, fault)
            default:
                let response = world.download(path)
                world.end(call, .succeeded(.integer(response.body.count)), fault: fault)
                return (response, fault)
            }
        }
        guard let response else { return FaultyAnswer.answer(nil, fault, to: caller) }
        switch fault {
        case .halfAnswer: return .half(response)
        case .stalled: return .stalled(response)
        case .droppedAfter: return .drop
        case .dripping(let pause): return .dripping(response, every: pause)
        case .slow(let time): return FaultyAnswer.pause(time, caller) ? .response(response) : .drop
        default: return .response(response)
        }
    }
}
