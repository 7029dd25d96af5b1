/// What the stand-in does wrong, if anything.
enum Mode: Equatable {
    /// Answers each turn with "You said: …", word by word.
    case normal
    /// Writes garbage instead of answers.
    case garbage
    /// Ends at once with status 3 and a line on stderr.
    case exit
    /// Reads and never answers.
    case silent
    /// Ends with status 9 in the middle of a turn.
    case dieInTurn
    /// As `normal`, among much that a client does not know; a turn fails unless the unknown request is refused.
    case noise
    /// Starts a turn and falls silent until it is interrupted.
    case hang
    /// Starts a turn and falls silent for good; `turn/interrupt` and SIGTERM do nothing, the end of input for 30 s.
    case deaf
    /// Asks to run a command in each turn and says which decision came.
    case approval
    /// Each turn fails with this `codexErrorInfo`.
    case error(JSON)
    /// As `normal`, after an item of 5 MB in one line.
    case bigLine
    /// Does what the prompt says; see ``Directions``.
    case directed

    /// The mode of a name as it stands in `STANDIN_MODE`; nil when there is none.
    ///
    /// `error:` is followed by a word, or by a JSON object.
    init?(name: String) {
        switch name {
        case "normal": self = .normal
        case "garbage": self = .garbage
        case "exit": self = .exit
        case "silent": self = .silent
        case "die-in-turn": self = .dieInTurn
        case "noise": self = .noise
        case "hang": self = .hang
        case "deaf": self = .deaf
        case "approval": self = .approval
        case "bigline": self = .bigLine
        case "directed": self = .directed
        default:
            guard name.hasPrefix("error:") else { return nil }
            let info = String(name.dropFirst("error:".count))
            self = .error(JSON(line: info) ?? .string(info))
        }
    }
}
