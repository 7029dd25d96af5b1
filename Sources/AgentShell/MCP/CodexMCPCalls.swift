import JSONRPC

/// The calls we make to an MCP server.
enum CodexMCPCall {
    struct Initialize: Request, Encodable {
        static let method = "initialize"
        typealias Response = JSONValue

        struct ClientInfo: Encodable {
            var name = "cm"
            var version: String
        }

        /// Says that questions can be put to us.
        struct Capabilities: Encodable { var elicitation = Empty() }

        var protocolVersion = "2025-06-18"
        var capabilities = Capabilities()
        var clientInfo: ClientInfo
    }

    struct Initialized: Notification, Encodable {
        static let method = "notifications/initialized"
    }

    struct ListTools: Request, Encodable {
        static let method = "tools/list"
        typealias Response = JSONValue

        var cursor: String?
    }

    struct CallTool: Request, Encodable {
        static let method = "tools/call"
        typealias Response = JSONValue

        var name: String
        var arguments: [String: JSONValue]
    }

    /// Asked as a sign of life.
    struct Ping: Request, Encodable {
        static let method = "ping"
        typealias Response = JSONValue
    }

    /// Gives up a request: the model is not listened to any more.
    struct Cancelled: Notification, Encodable {
        static let method = "notifications/cancelled"

        var requestId: RequestID
    }
}

/// The answer to a question of Codex.
///
/// Not the form that MCP prescribes: Codex reads that one as a refusal.
struct CodexMCPDecision: Encodable {
    var decision: String
}

/// The answer to a question of any other kind.
struct CodexMCPElicitationAnswer: Encodable {
    var action: String
}
