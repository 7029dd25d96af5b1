import JSONRPC

/// One of the tools that agents are given.
enum Tool: String, CaseIterable {
    case status, sessions, history, log, agents, notify
    case sendFile = "send_file"

    /// An argument that may be given.
    struct Argument {
        var name: String
        /// Its JSON type.
        var type: String
        var summary: String
        var isRequired = false
    }

    var arguments: [Argument] {
        switch self {
        case .status, .sessions, .agents: []
        case .history:
            [Argument(name: "turns", type: "integer", summary: "How many turns, 1 to 100; 10 when left out.")]
        case .log:
            [
                Argument(name: "lines", type: "integer", summary: "How many lines, 1 to 1000; 50 when left out."),
                Argument(name: "process", type: "string", summary: "Whose log; cm's own when left out."),
            ]
        case .notify:
            [Argument(name: "text", type: "string", summary: "What to tell, one or two sentences.", isRequired: true)]
        case .sendFile:
            [
                Argument(
                    name: "path", type: "string", summary: "The file, a path from the working directory.",
                    isRequired: true)
            ]
        }
    }

    private var summary: String {
        switch self {
        case .status:
            "The state of this conversation in cm, the program that runs it: its session, the turn under way, what "
                + "waits, open approvals, and the agents."
        case .sessions: "All conversations of this workspace: name, what goes on in it, mode, agent, number of turns."
        case .history: "What was said in this conversation in its last turns, by people and by agents."
        case .log: "The last lines of cm's own log, or of another process's."
        case .agents: "The agents that cm can use, whether they run, and which one this conversation has chosen."
        case .notify:
            "Tells a text to everybody who is attached to cm, and to its owner over Telegram. A person is asked first."
        case .sendFile:
            "Hands a file of the working directory, of at most 50 MB, to the people of this conversation; over Telegram it "
                + "is sent to them. A person is asked first."
        }
    }

    var description: ToolDescription {
        ToolDescription(
            name: rawValue, title: "cm: \(rawValue)", description: summary, inputSchema: schema,
            readOnly: onlyReads, idempotent: onlyReads)
    }

    private var onlyReads: Bool {
        switch self {
        case .status, .sessions, .history, .log, .agents: true
        case .notify, .sendFile: false
        }
    }

    private var schema: JSONValue {
        let properties = arguments.map { argument in
            (argument.name, ["type": .string(argument.type), "description": .string(argument.summary)] as JSONValue)
        }
        let required = arguments.filter(\.isRequired).map { JSONValue.string($0.name) }
        return [
            "type": "object", "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
            "required": .array(required), "additionalProperties": false,
        ]
    }
}
