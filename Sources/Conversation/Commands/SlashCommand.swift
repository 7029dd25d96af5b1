/// A command of the conversation, the same on every front.
public enum SlashCommand: String, CaseIterable, Sendable {
    case start, help, mode, profile, new, status, cancel, steer, queue, approve, deny, answer, history, last, agent,
        sessions, attach, logs, diff, branches, file, usage, quiet, edit, quit

    /// Other names that mean the same.
    static let aliases: [String: SlashCommand] = ["exit": .quit]

    /// The command called `name`, without the slash, in any case; nil for none.
    init?(name: String) {
        let name = name.lowercased()
        guard let command = SlashCommand(rawValue: name) ?? Self.aliases[name] else { return nil }
        self = command
    }

    /// All names that can be typed, with the slash, in the order of the help, each with what it does.
    public static var completions: [(name: String, summary: String)] {
        let others = aliases.sorted { $0.key < $1.key }.map { ("/" + $0.key, $0.value.summary) }
        return allCases.map { ("/" + $0.rawValue, $0.summary) } + others
    }

    /// The values that the argument of a command can have, where there are not too many to list.
    public static func values(of name: String, _ names: CoreNames) -> [String] {
        switch SlashCommand(name: String(name.dropFirst())) {
        case .mode: Mode.allCases.map(\.rawValue)
        case .agent: names.agents + ["auto"]
        case .profile: names.profiles + ["list"]
        case .attach: names.sessions
        case .cancel: ["all"]
        case .sessions: ["own"]
        case .usage: UsageQuestion.Topic.allCases.map(\.rawValue) + ["all"]
        case .quiet: ["30m", "2h", "1d", "until", "off"]
        case .start, .help, .new, .status, .steer, .queue, .approve, .deny, .answer, .history, .last, .logs, .diff,
            .branches, .file, .edit, .quit, nil:
            []
        }
    }

    /// The arguments, for usage lines; empty when there are none.
    var arguments: String {
        switch self {
        case .mode: "[\(Mode.allCases.map(\.rawValue).joined(separator: "|"))]"
        case .profile: "list|<name>"
        case .cancel: "[all]"
        case .history: "[n]"
        case .agent: "[name]"
        case .steer: "<text>"
        case .approve: "[id] [session]"
        case .deny: "[id] [reason]"
        case .answer: "[id] <text>"
        case .logs: "[n] [process]"
        case .usage: "[all] [\(UsageQuestion.Topic.allCases.map(\.rawValue).joined(separator: "|"))]"
        case .attach: "<session>"
        case .sessions: "[own]"
        case .file: "<path>"
        case .quiet: "[<duration>|until <hh:mm>|off]"
        case .edit: "[text]"
        case .start, .help, .new, .status, .queue, .last, .diff, .branches, .quit: ""
        }
    }

    /// What it does, one line.
    var summary: String {
        switch self {
        case .start: "what this is"
        case .help: "the commands and the current settings"
        case .mode: "how messages are worked on; without argument shows it"
        case .profile: "switch model, directory and roles; list shows the profiles"
        case .new: "forget the conversation and begin a fresh one"
        case .status: "session, running turn and agents"
        case .cancel: "stop the running turn; all drops what waits, too"
        case .steer: "put text into the running turn; with none running it starts one"
        case .queue: "what waits"
        case .approve: "allow what the agent asks for, once or for this session"
        case .deny: "refuse what the agent asks for"
        case .answer: "answer a question of the agent"
        case .usage: "tokens and time of this conversation or of all sessions, and the limits of the accounts"
        case .logs: "the last n lines (20) of the log, of cm or of another process"
        case .diff: "how the files differ from the last commit"
        case .branches: "the branches of the repository"
        case .file: "hand over a file of the working directory; Telegram sends it"
        case .history: "what was said, the last n turns (10)"
        case .last: "the last answer once more"
        case .agent: "choose the agent of this session; auto for the first that answers"
        case .sessions: "the sessions of this workspace; own lists your own"
        case .attach: "follow another session and type into it"
        case .quiet: "hold back all but urgent notifications for a while; without argument shows it"
        case .edit: "write in your editor ($VISUAL, $EDITOR); the text comes into the line"
        case .quit: "leave"
        }
    }

    /// Whether the command called `name`, without the slash, is of no use in a chat.
    public static func isForTerminal(_ name: String) -> Bool {
        SlashCommand(name: name)?.isForTerminal == true
    }

    /// Whether it is of no use in a chat.
    var isForTerminal: Bool {
        switch self {
        case .edit, .quit: true
        case .start, .help, .mode, .profile, .new, .status, .cancel, .steer, .queue, .approve, .deny, .answer, .history,
            .last, .agent, .sessions, .attach, .logs, .diff, .branches, .file, .usage, .quiet:
            false
        }
    }

    var usage: String { arguments.isEmpty ? "/\(rawValue)" : "/\(rawValue) \(arguments)" }
}
