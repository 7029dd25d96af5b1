import Conversation
import JSONRPC

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What clients call.
///
/// Names on the wire are for ever; a new member is optional, so that older clients and cores can do without.
enum ControlCall {
    /// Always the first.
    struct Initialize: Request, Codable {
        static let method = "initialize"

        struct Server: Codable, Sendable {
            var name: String
            var version: String
        }

        struct Host: Codable, Sendable {
            var pid: Int32
            var kind: String
        }

        struct Response: Codable, Sendable {
            var `protocol`: Int
            var server: Server
            /// `person` or `agent`.
            var role: String
            /// By what an agent was recognised.
            var reason: String?
            var host: Host
            /// The settings in force by their paths, as files have them; missing for agents, and from older cores.
            var settings: [String: String?]?
            /// What counts in sessions for which nobody chose; missing for agents, and from older cores.
            var standard: StandardForm?
        }

        var `protocol`: SpokenVersions
        var client: ClientName
        /// Whose tools are to be called.
        var session: String?
        /// What `session` gave its agents.
        var key: String?
    }

    struct Handle: Request, Codable {
        static let method = "handle"
        typealias Response = HandledForm

        var session: SessionName
        var message: MessageForm
    }

    struct Submit: Request, Codable {
        static let method = "submit"
        typealias Response = ReceiptForm

        var session: SessionName
        var message: MessageForm
    }

    struct Interrupt: Request, Codable {
        static let method = "interrupt"

        struct Response: Codable, Sendable {
            /// Whether there was a turn.
            var interrupted: Bool
        }

        var session: SessionName
        /// Who stops it and from where, missing where that is not known; the text counts for nothing.
        var person: MessageForm?
    }

    /// Stops a turn, or the attempt that answers its message again after a crash.
    ///
    /// A method of its own: a core that does not know it refuses, and whoever asks decides what to do then.
    struct InterruptTurn: Request, Codable {
        static let method = "turn.interrupt"
        typealias Response = Interrupt.Response

        var session: SessionName
        var turn: Int64
        /// As in ``Interrupt``.
        var person: MessageForm?
    }

    struct Revise: Request, Codable {
        static let method = "revise"
        typealias Response = RevisedForm

        var session: SessionName
        /// Of the message that is to have another text.
        var key: String
        var text: String
    }

    struct Answer: Request, Codable {
        static let method = "answer"
        typealias Response = AnsweredForm

        var session: SessionName
        var approval: Int64
        var decision: DecisionForm
        /// Who answers and from where; the text counts for nothing.
        var person: MessageForm
    }

    struct Position: Request, Codable {
        static let method = "position"

        struct Response: Codable, Sendable {
            var cursor: Int64
        }

        var session: SessionName
    }

    struct Greeting: Request, Codable {
        static let method = "greeting"
        typealias Response = GreetingForm

        var session: SessionName
    }

    struct Approvals: Request, Codable {
        static let method = "approvals"

        struct Response: Codable, Sendable {
            var approvals: [ApprovalForm]
        }

        var session: SessionName
    }

    struct Names: Request, Codable {
        static let method = "names"
        typealias Response = NamesForm
    }

    struct Report: Request, Codable {
        static let method = "report"

        struct Response: Codable, Sendable {
            var text: String
        }

        var session: SessionName
        var query: QueryForm
    }

    struct HandOver: Request, Codable {
        static let method = "handOver"
        typealias Response = Empty
    }
}

// MARK: - Sessions

extension ControlCall {
    struct DeleteSession: Request, Codable {
        static let method = "session.delete"
        typealias Response = Empty

        var session: SessionName
        /// Also when messages wait; missing for no.
        var force: Bool?
    }

    struct ImportSession: Request, Codable {
        static let method = "session.import"

        struct Response: Codable, Sendable {
            /// What was imported, for people.
            var text: String
            /// What was found odd, a line each.
            var warnings: [String]
        }

        /// The file of an earlier system.
        var file: Data
    }
}

// MARK: - Events

extension ControlCall {
    struct Subscribe: Request, Codable {
        static let method = "subscribe"

        struct Response: Codable, Sendable {
            var subscription: Int
        }

        var session: SessionName
        /// The client's own number for it, since events may arrive before the answer; missing: the core chooses one.
        var subscription: Int?
        /// Missing for the events from now on.
        var after: BookmarkForm?
        /// Missing for no.
        var answers: Bool?
    }

    /// Also taken as a notification.
    struct Unsubscribe: Request, Codable {
        static let method = "unsubscribe"
        typealias Response = Empty

        var subscription: Int
    }
}

// MARK: - Tools

extension ControlCall {
    struct ListTools: Request, Codable {
        static let method = "tools.list"

        struct Response: Codable, Sendable {
            var tools: [ToolDescription]
        }

        /// Missing for the session of `initialize`.
        var session: SessionName?
    }

    struct CallTool: Request, Codable {
        static let method = "tools.call"
        typealias Response = ToolAnswer

        var session: SessionName?
        var name: String
        /// An object; missing for an empty one.
        var arguments: JSONValue?
    }
}

/// The name of a session as JSON: a text with something in it.
struct SessionName: Codable, Hashable, Sendable {
    var id: SessionID

    init(_ id: SessionID) { self.id = id }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard !name.isEmpty, name.utf8.count <= 512 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "the name of a session has 1 to 512 bytes")
        }
        id = SessionID(rawValue: name)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id.rawValue)
    }
}
