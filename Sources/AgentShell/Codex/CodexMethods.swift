import JSONRPC

/// The calls we make to `codex app-server`.
enum CodexCall {
    struct Initialize: Request, Encodable {
        static let method = "initialize"

        struct ClientInfo: Encodable {
            var name = "cm"
            var title = "cm"
            var version: String
        }

        struct Response: Decodable {
            /// `client/VERSION (system) …`, with the version of Codex.
            var userAgent: String?
        }

        /// `thread/backgroundTerminals/clean` is experimental.
        struct Capabilities: Encodable {
            var experimentalApi = true
        }

        var clientInfo: ClientInfo
        var capabilities = Capabilities()
    }

    struct Initialized: Notification, Encodable {
        static let method = "initialized"
    }

    struct OpenedThread: Decodable {
        struct Thread: Decodable { var id: String }
        var thread: Thread
        /// What answers; older versions may not tell.
        var model: String?
    }

    struct ReadConfiguration: Request, Encodable {
        static let method = "config/read"
        typealias Response = JSONValue

        var cwd: String
        var includeLayers = false
    }

    /// `sandbox` is the one to begin with; see ``CodexThread``.
    struct StartThread: Request, Encodable {
        static let method = "thread/start"
        typealias Response = OpenedThread

        var cwd: String
        var approvalPolicy: String
        var sandbox: String
        var model: String?
        var modelProvider: String?
        /// True for a thread that Codex keeps only in its memory.
        var ephemeral: Bool?
        /// Overrides of the configuration, by their dotted keys; nil for none.
        var config: JSONValue?
        /// Put in place of the configured ones; nil for those.
        var developerInstructions: String?
    }

    /// Policy and sandbox are sent again, because older versions forget them, and the provider, because the one that a
    /// thread remembers may be gone.
    ///
    /// No version remembers overrides of the configuration; instructions that a thread
    /// was begun with stay, whatever is sent.
    struct ResumeThread: Request, Encodable {
        static let method = "thread/resume"
        typealias Response = OpenedThread

        var threadId: String
        var cwd: String
        var approvalPolicy: String
        var sandbox: String
        var model: String?
        var modelProvider: String?
        var config: JSONValue?
        var developerInstructions: String?
        /// The history stays with Codex; reading it back would take time for nothing.
        var excludeTurns = true
    }

    /// Begins a thread with the history of another one, also while another program writes to that.
    struct ForkThread: Request, Encodable {
        static let method = "thread/fork"
        typealias Response = OpenedThread

        var threadId: String
        var cwd: String
        var approvalPolicy: String
        var sandbox: String
        var model: String?
        var modelProvider: String?
        var config: JSONValue?
        var developerInstructions: String?
        var excludeTurns = true
    }

    /// Says that we no longer listen; Codex lets go of the thread some time later.
    struct UnsubscribeThread: Request, Encodable {
        static let method = "thread/unsubscribe"
        typealias Response = JSONValue

        var threadId: String
    }

    struct ReadRateLimits: Request, Encodable {
        static let method = "account/rateLimits/read"
        typealias Response = JSONValue
    }

    struct StartTurn: Request, Encodable {
        static let method = "turn/start"

        struct Input: Encodable {
            var type = "text"
            var text: String
        }

        struct Response: Decodable {
            struct Turn: Decodable { var id: String? }
            /// Optional: the turn runs, whatever the answer looks like, and tells its id when it begins.
            var turn: Turn?
        }

        var threadId: String
        var input: [Input]
        /// Counts for the turn and those after it, as do sandbox and model.
        var cwd: String
        /// nil for the thread's.
        var sandboxPolicy: JSONValue?
        /// nil for the thread's.
        var model: String?
        /// The JSON Schema of the last message; nil for words.
        var outputSchema: JSONValue?
    }

    /// Asked as a sign of life: Codex answers it by itself.
    struct ListLoadedThreads: Request, Encodable {
        static let method = "thread/loaded/list"
        typealias Response = JSONValue
    }

    struct SteerTurn: Request, Encodable {
        static let method = "turn/steer"
        typealias Response = JSONValue

        var threadId: String
        var expectedTurnId: String
        var input: [StartTurn.Input]
    }

    /// Ends the commands of a thread that run on after their turn was interrupted.
    struct CleanBackgroundTerminals: Request, Encodable {
        static let method = "thread/backgroundTerminals/clean"
        typealias Response = Empty

        var threadId: String
    }

    struct InterruptTurn: Request, Encodable {
        static let method = "turn/interrupt"
        typealias Response = Empty

        var threadId: String
        var turnId: String
    }
}
