public import ArgumentParser
public import Conversation
import Settings

/// Options of the commands that talk.
struct ConversationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The session of this name instead of the usual one.", valueName: "name"))
    var session: String?

    @Option(help: "How messages are worked on.")
    var mode: Mode?

    @Option(help: ArgumentHelp("The profile: model, directory and roles.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("The agent; auto takes the first that answers.", valueName: "name"))
    var agent: String?

    @Option(
        help:
            "What the agent is allowed without asking; the rest is asked by cm chat at a terminal, and denied elsewhere."
    )
    var approve: ApprovalRule = .none

    @Flag(help: "Write every event of the session as a line of JSON.")
    var json = false

    @Flag(help: "No colours (also when NO_COLOR is set or TERM is dumb).")
    var noColor = false

    @Flag(help: .hidden)
    var noCodex = false

    /// The paths of the settings that make no difference beside what was chosen.
    var settings: Set<String> {
        var paths: Set<String> = []
        if mode != nil { paths.insert(SettingKey.chatMode.path) }
        if profile != nil { paths.insert(SettingKey.profileDefault.path) }
        if agent != nil { paths.insert(Settings.executorsPath) }
        return paths
    }

    func validate() throws {
        if noCodex {
            throw ValidationError(
                """
                --no-codex turns off the analysis of crashes, which belongs to the monitor and not to a conversation; \
                to talk without Codex use --agent, or set CODEX_SDK_DISABLED=1
                """)
        }
        if let session, SessionID(named: session) == nil {
            throw ValidationError(
                "the session name '\(session)' has to be of 1 to 64 letters, digits, '-', '_' and '.', or tg:CHAT:PERSON"
            )
        }
    }
}

extension Mode: ExpressibleByArgument {}
extension ApprovalRule: ExpressibleByArgument {}
