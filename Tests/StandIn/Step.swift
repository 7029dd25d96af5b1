/// One thing that happens in a turn.
enum Step {
    /// A notification; the thread's and the turn's id are added to its parameters.
    case notify(String, [String: JSON])
    /// A line as it is.
    case raw(String)
    /// A part of the answer.
    case delta(String)
    /// A request to the client; the turn goes on, with the steps made from the answer, when the answer is there.
    ///
    /// The answer is the whole response, with its `result` or `error`.
    case ask(String, [String: JSON], then: (JSON) -> [Step])
    /// Nothing for so long.
    case pause(Duration)
    /// Nothing until the file of this path is there.
    case hold(String)
    /// A command that is run; the turn goes on when it has ended, with the steps made from whether it ended well.
    case run(String, then: (Bool) -> [Step])
    /// Nothing more until the turn is interrupted.
    case wait
    /// The end of the process.
    case die(Int32)
    /// The end of the turn.
    case finish(status: String, error: JSON)
}

extension Step {
    /// Whether it belongs to a message, or to the end of a turn.
    var isSaying: Bool {
        switch self {
        case .notify("item/agentMessage/delta", _), .delta, .pause, .hold, .finish: true
        case .notify(_, let parameters): parameters["item"]?["type"] == "agentMessage"
        case .raw, .ask, .run, .wait, .die: false
        }
    }
}
