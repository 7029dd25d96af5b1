public import ArgumentParser
public import Conversation

/// Options of the commands that talk.
struct ConversationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The session of this name instead of the usual one.", valueName: "name"))
    var session: String?

    @Option(help: "How messages are worked on.")
    var mode: Mode?

    @Option(help: ArgumentHelp("The agent; auto takes the first that answers.", valueName: "name"))
    var agent: String?

    @Option(help: "What the agent is allowed without asking; the rest is asked at a terminal, and denied in a script.")
    var approve: ApprovalRule = .none

    @Flag(help: "Write every event of the session as a line of JSON.")
    var json = false

    @Flag(help: "No colours (also when NO_COLOR is set or TERM is dumb).")
    var noColor = false

    func validate() throws {
        if let session, SessionID(terminal: session) == nil {
            throw ValidationError(
                "the session name '\(session)' has to be of 1 to 64 letters, digits, '-', '_' and '.'")
        }
    }
}

extension Mode: ExpressibleByArgument {}
extension ApprovalRule: ExpressibleByArgument {}
