import TestSupport

/// What went wrong while a way was gone.
struct Mishap {
    /// What the program left when it was killed; nil when it was not.
    var death: JournalSight?
    /// The calls of which Telegram, or the way there, made something else.
    var faults: [RecordedCall] = []

    /// How many placeholders may stand there for good: those of which nobody in the program knows.
    var placeholders: Int {
        let untold = faults.count { call in
            guard case .succeeded = call.outcome else { return false }
            return call.method == "sendMessage" && call.isUntold
        }
        return untold + (death?.begun.filled.count ?? 0)
    }

    /// Whether a message that is sent once may be missing: what nobody knows to have arrived is not repeated.
    func mayMiss(_ isIt: (String) -> Bool) -> Bool {
        death?.begun.once.contains(where: isIt) == true || isAnySendingUntold
    }

    /// Whether a message that has to be heard of may be there twice: what nobody knows to have arrived is repeated.
    var mayRepeat: Bool { death != nil || isAnySendingUntold }

    private var isAnySendingUntold: Bool { faults.contains { $0.method == "sendMessage" && $0.isUntold } }
}

extension RecordedCall {
    /// Whether the client was not told what became of it.
    fileprivate var isUntold: Bool {
        switch fault {
        case .serverError, .serverPage, .droppedBefore, .droppedAfter, .halfAnswer, .stalled, .invalidJSON: true
        case nil, .tooManyRequests, .floodPage, .conflict, .unauthorized, .badRequest, .forbidden, .dripping, .slow,
            .hugeAnswer, .unnumbered, .redelivered, .reordered, .unknownUpdate, .renumbered:
            false
        }
    }
}
