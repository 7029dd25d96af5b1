import JSONRPC

/// Turns a reply into what the client gets of it.
enum FaultyAnswer {
    /// The answer; `reply` is `nil` when nothing was done.
    static func answer(_ reply: APIReply?, _ fault: TelegramFault?, to caller: HTTPCaller) -> HTTPAnswer {
        guard var reply else {
            switch fault {
            case .serverPage(let status): return .response(page(status))
            case .floodPage(let seconds):
                var response = page(429)
                if let seconds { response.headers = [("Retry-After", "\(seconds)")] }
                return .response(response)
            default: return .drop
            }
        }
        switch fault {
        case .droppedBefore, .droppedAfter: return .drop
        case .halfAnswer: return .half(reply.response)
        case .stalled: return .stalled(reply.response)
        case .dripping(let pause): return .dripping(reply.response, every: pause)
        case .slow(let time): return pause(time, caller) ? .response(reply.response) : .drop
        case .hugeAnswer(let bytes): reply.padding = bytes
        case .invalidJSON:
            var response = reply.response
            response.body.removeLast(response.body.count / 2)
            return .response(response)
        case .unnumbered:
            guard case .success(.object(var message)) = reply.result else { break }
            message["message_id"] = 0
            reply.result = .success(.object(message))
        case nil, .tooManyRequests, .conflict, .unauthorized, .badRequest, .forbidden, .serverError, .serverPage,
            .floodPage, .redelivered, .reordered, .unknownUpdate, .renumbered:
            break
        }
        return .response(reply.response)
    }

    /// Waits; whether the client is still there then.
    static func pause(_ time: Duration, _ caller: HTTPCaller) -> Bool {
        let deadline = ContinuousClock.now + time
        while true {
            let left = deadline - .now
            guard left > .zero else { return true }
            if caller.wait(left) == .gone { return false }
        }
    }

    private static func page(_ status: Int) -> ServedResponse {
        let text =
            "<html>\r\n<head><title>\(status)</title></head>\r\n<body>\r\n<center><h1>\(status)</h1></center>\r\n"
            + "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
        return ServedResponse(status: status, contentType: "text/html", body: Array(text.utf8))
    }
}
