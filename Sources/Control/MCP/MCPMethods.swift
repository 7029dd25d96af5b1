import JSONRPC

/// What agents call, as far as it is answered.
enum MCPCall {
    struct Initialize: Request, Decodable {
        static let method = "initialize"
        typealias Response = JSONValue

        /// Any JSON: what is no version is answered with one.
        var protocolVersion: JSONValue?
    }

    struct Ping: Request, Decodable {
        static let method = "ping"
        typealias Response = Empty
    }

    /// Taken, and without consequences: there is no log for agents.
    struct SetLogLevel: Request, Decodable {
        static let method = "logging/setLevel"
        typealias Response = Empty
    }

    /// All tools come in one page, so a cursor means nothing.
    struct ListTools: Request, Decodable {
        static let method = "tools/list"
        typealias Response = JSONValue
    }

    struct CallTool: Request, Decodable {
        static let method = "tools/call"
        typealias Response = JSONValue

        var name: String
        var arguments: JSONValue?
    }

    struct ListResources: Request, Decodable {
        static let method = "resources/list"
        typealias Response = JSONValue
    }

    struct ListResourceTemplates: Request, Decodable {
        static let method = "resources/templates/list"
        typealias Response = JSONValue
    }

    struct ListPrompts: Request, Decodable {
        static let method = "prompts/list"
        typealias Response = JSONValue
    }
}

/// What agents and their server tell each other.
enum MCPNotice {
    /// The agent is ready for notices.
    struct Initialized: Notification, Decodable {
        static let method = "notifications/initialized"
    }

    /// The agent gives a request up, and waits for no answer.
    struct Cancelled: Notification, Decodable {
        static let method = "notifications/cancelled"

        var requestId: RequestID
    }

    /// There are other tools than before.
    struct ToolsChanged: Notification, Encodable {
        static let method = "notifications/tools/list_changed"
    }
}
