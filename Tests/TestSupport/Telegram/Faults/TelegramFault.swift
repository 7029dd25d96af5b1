/// Something that goes wrong at Telegram or on the way.
public enum TelegramFault: Hashable, Sendable {
    /// 429, with the seconds to wait; nothing was done.
    case tooManyRequests(retryAfter: Int)
    /// 409, as when another polls; nothing was done.
    case conflict
    /// 401, as when the token was revoked; nothing was done.
    case unauthorized
    /// 400 with this reason after `Bad Request: `; nothing was done.
    case badRequest(String)
    /// 403 with this reason after `Forbidden: `; nothing was done.
    case forbidden(String)
    /// A status from 500 with a body of JSON; nothing was done.
    case serverError(Int)
    /// A status from 500 with a page, as the machines in front of Telegram send; nothing was done.
    case serverPage(Int)
    /// 429 with a page and no JSON, as such machines send; how long to wait stands in the header alone, or nowhere.
    case floodPage(retryAfter: Int?)
    /// The connection ends, and nothing was done.
    case droppedBefore
    /// It was done, and the connection ends without an answer.
    case droppedAfter
    /// It was done, and the connection ends in the middle of the answer.
    case halfAnswer
    /// It was done, and after half of the answer nothing comes, for as long as the client waits.
    case stalled
    /// It was done, and the answer comes byte by byte, with this time between them.
    case dripping(Duration)
    /// It is done at once, and answered after this time.
    case slow(Duration)
    /// It was done, and the answer is this many bytes longer than needed.
    case hugeAnswer(Int)
    /// It was done, and the answer is cut off, though its length says that it is whole.
    case invalidJSON
    /// It was done, and the message in the answer has the number 0, as one that Telegram sends later.
    case unnumbered
    /// For `getUpdates`: updates that were confirmed come again, at most this many, with the numbers they had.
    case redelivered(Int)
    /// For `getUpdates`: the updates come in the opposite order.
    case reordered
    /// For `getUpdates`: an update of a type that nobody knows comes as well.
    case unknownUpdate
    /// For `getUpdates`: updates get random numbers from here on, as after a week of silence.
    case renumbered

    /// The error that is told instead of doing anything; `nil` when it is none.
    var instead: APIFault? {
        switch self {
        case .tooManyRequests(let seconds): .tooManyRequests(retryAfter: seconds)
        case .conflict: PollSeats.conflict
        case .unauthorized: .unauthorized
        case .badRequest(let reason): .badRequest(reason)
        case .forbidden(let reason): .forbidden(reason)
        case .serverError(let code): APIFault(code: code, description: "Internal Server Error")
        case .serverPage, .floodPage, .droppedBefore, .droppedAfter, .halfAnswer, .stalled, .dripping, .slow,
            .hugeAnswer, .invalidJSON, .unnumbered, .redelivered, .reordered, .unknownUpdate, .renumbered:
            nil
        }
    }

    /// Whether Telegram never hears of the call: somebody on the way answers, or nobody.
    var isOnTheWay: Bool {
        switch self {
        case .droppedBefore, .serverPage, .floodPage: true
        case .tooManyRequests, .conflict, .unauthorized, .badRequest, .forbidden, .serverError, .droppedAfter,
            .halfAnswer, .stalled, .dripping, .slow, .hugeAnswer, .invalidJSON, .unnumbered, .redelivered, .reordered,
            .unknownUpdate, .renumbered:
            false
        }
    }
}
