import JSONRPC

/// The calls we make to `copilot --headless`.
enum CopilotCall {
    /// Not there before Copilot CLI 1.0.57.
    struct Connect: Request, Encodable {
        static let method = "connect"

        struct Response: Decodable {
            var protocolVersion: Int
            var version: String?
        }
    }

    struct Ping: Request, Encodable {
        static let method = "ping"

        /// Its timestamp is a text or a number, depending on the version, and left out here.
        struct Response: Decodable { var protocolVersion: Int? }

        var message = ""
    }

    struct CreateSession: Request, Encodable {
        static let method = "session.create"
        typealias Response = Empty

        var sessionId: String
        var settings: CopilotSessionSettings

        func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder, of: sessionId) }
    }

    /// Copilot keeps none of the settings: they are sent again.
    struct ResumeSession: Request, Encodable {
        static let method = "session.resume"
        typealias Response = Empty

        var sessionId: String
        var settings: CopilotSessionSettings

        func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder, of: sessionId) }
    }

    /// Asks which sessions other processes hold.
    struct CheckInUse: Request, Encodable {
        static let method = "sessions.checkInUse"

        struct Response: Decodable { var inUse: [String] }

        var sessionIds: [String]
    }

    /// Lets go of a session, which stays on disk.
    struct DestroySession: Request, Encodable {
        static let method = "session.destroy"
        typealias Response = Empty

        var sessionId: String
    }

    /// What ``DestroySession`` is called in later versions.
    struct DetachSession: Request, Encodable {
        static let method = "session.detach"
        typealias Response = Empty

        var sessionId: String
    }

    /// Takes a session off the disk.
    struct DeleteSession: Request, Encodable {
        static let method = "session.delete"
        typealias Response = JSONValue

        var sessionId: String
    }

    struct SwitchModel: Request, Encodable {
        static let method = "session.model.switchTo"
        typealias Response = Empty

        var sessionId: String
        var modelId: String
    }

    struct Send: Request, Encodable {
        static let method = "session.send"
        typealias Response = Empty

        enum Mode: String, Encodable {
            /// Behind what the agent works on.
            case enqueue
            /// Into what the agent works on.
            case immediate
        }

        var sessionId: String
        var prompt: String
        var mode: Mode
    }

    struct Abort: Request, Encodable {
        static let method = "session.abort"
        typealias Response = Empty

        var sessionId: String
    }

    struct IsProcessing: Request, Encodable {
        static let method = "session.metadata.isProcessing"

        struct Response: Decodable { var processing: Bool }

        var sessionId: String
    }

    struct DecidePermission: Request, Encodable {
        static let method = "session.permissions.handlePendingPermissionRequest"
        typealias Response = Empty

        var sessionId: String
        var requestId: String
        var result: JSONValue
    }
}

/// The answer to a question of the model.
struct CopilotAnswer: Encodable {
    var answer: String
    var wasFreeform: Bool
}
