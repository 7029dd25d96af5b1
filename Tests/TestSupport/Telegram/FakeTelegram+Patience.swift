import JSONRPC

extension FakeTelegram {
    /// The messages and edits that were refused because too many came, where it was said how long to wait.
    public var refusedForFlood: [RecordedCall] { writing.filter { $0.floodPause != nil } }

    /// Those that came to a chat before the time was over for which the bot was told to leave it alone.
    public var impatient: [RecordedCall] {
        var openings: [Int: Double] = [:], early: [RecordedCall] = []
        for call in writing {
            guard let chat = call.parameters["chat_id"]?.integer else { continue }
            if let opening = openings[chat], call.time < opening { early.append(call) }
            if let pause = call.floodPause { openings[chat] = call.time + Double(pause) }
        }
        return early
    }

    /// The calls that people see something of, in order.
    private var writing: [RecordedCall] {
        calls.filter { $0.method.hasPrefix("edit") || $0.method.hasPrefix("send") && $0.method != "sendChatAction" }
    }
}

extension RecordedCall {
    /// How many seconds the bot was told to wait; nil for calls that were not refused for that.
    public var floodPause: Int? {
        guard case .failed(429, let description) = outcome else { return nil }
        return description.split(separator: " ").last.flatMap { Int($0) }
    }
}
