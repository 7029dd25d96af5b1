/// What the arguments of `/approve`, `/deny` and `/answer` say.
struct AnswerWords: Hashable, Sendable {
    /// Why they say nothing: one line.
    struct Misuse: Error {
        var why: String
    }

    /// Which approval is meant; nil for the one that is open.
    var id: Approval.ID?
    var decision: ApprovalDecision

    /// Reads the arguments of `command`; `redact` takes secrets out of what is quoted of them.
    static func read(
        _ command: SlashCommand, _ arguments: Arguments, redact: (String) -> String
    ) -> Result<AnswerWords, Misuse> {
        let id = arguments.words.first.flatMap { Approval.ID($0) }
        let rest = id == nil ? arguments.text : arguments.rest
        switch command {
        case .approve where rest.isEmpty:
            return .success(AnswerWords(id: id, decision: .allow))
        case .approve where rest.lowercased() == "session":
            return .success(AnswerWords(id: id, decision: .allowForSession))
        case .approve:
            return .failure(Misuse(why: "'\(redact(rest).headline(40))' is neither an approval nor 'session'"))
        case .deny:
            return .success(AnswerWords(id: id, decision: .deny(reason: rest.isEmpty ? nil : rest)))
        case .answer where !rest.isEmpty:
            return .success(AnswerWords(id: id, decision: .answer(rest)))
        case .answer, .start, .help, .mode, .profile, .new, .status, .cancel, .steer, .queue, .history, .last, .agent,
            .sessions, .attach, .usage, .logs, .diff, .branches, .file, .quiet, .edit, .quit:
            return .failure(Misuse(why: "there is no answer"))
        }
    }
}
