import Conversation
import JSONRPC

/// The two tools by which a conversation is begun and gone on with, as this server declares them.
struct CodexMCPTools: Sendable {
    /// The arguments that `codex` knows, for which others are errors; nil when it takes any.
    private var known: Set<String>?
    /// What `codex-reply` calls the conversation.
    private var threadKey = "threadId"
    /// Whether a conversation cannot be gone on with when the server has not told what it calls it.
    private(set) var needsThread = false

    /// Reads the answers to `tools/list`; nil when one of the two tools is missing.
    init?(_ tools: [JSONValue]) {
        guard let codex = tools.first(where: { $0["name"]?.text == "codex" }),
            let reply = tools.first(where: { $0["name"]?.text == "codex-reply" })
        else { return nil }
        if case .object(let properties)? = codex["inputSchema"]?["properties"], !properties.isEmpty {
            known = Set(properties.keys)
        }
        // Before 0.60 or so, and in servers made after it.
        if case .object(let properties)? = reply["inputSchema"]?["properties"], properties["threadId"] == nil,
            properties["conversationId"] != nil
        {
            threadKey = "conversationId"
        }
        if case .array(let names)? = reply["inputSchema"]?["required"] {
            needsThread = names.contains(.string(threadKey))
        }
    }

    /// Whether it can be told to change nothing and to ask nobody.
    var canOnlyRead: Bool { known?.isSuperset(of: ["sandbox", "approval-policy"]) ?? false }

    /// The call that begins a conversation with `text`; what `request` says goes before `options`.
    func begin(_ text: String, for request: ThreadRequest, _ options: CodexMCPOptions) -> CodexMCPCall.CallTool {
        let isErrand = request.purpose == .errand
        var arguments: [String: JSONValue] = [
            "cwd": .string(request.workingDirectory ?? options.workingDirectory),
            "sandbox": .string(isErrand ? "read-only" : options.sandbox),
            "approval-policy": .string(isErrand ? "never" : options.approvalPolicy),
        ]
        arguments["model"] = (request.model ?? options.model).map { .string($0) }
        var configuration = CodexMCPOverrides.values(in: options.providerArguments)
        // Without the approval that the table gives, this server would wait for ever for an answer that it asks nobody for.
        if !isErrand, let server = request.tools.map(CodexToolServer.init) {
            configuration[server.key] = server.table
            arguments["developer-instructions"] = server.instructions(after: nil).map { .string($0) }
        }
        if !configuration.isEmpty { arguments["config"] = .object(configuration) }
        if let known { arguments = arguments.filter { known.contains($0.key) } }
        arguments["prompt"] = .string(text)
        return CodexMCPCall.CallTool(name: "codex", arguments: arguments)
    }

    /// The call that goes on with the conversation `thread`; nil for the only one that the server has.
    func goOn(_ text: String, in thread: String?) -> CodexMCPCall.CallTool {
        var arguments: [String: JSONValue] = ["prompt": .string(text)]
        arguments[threadKey] = thread.map { .string($0) }
        return CodexMCPCall.CallTool(name: "codex-reply", arguments: arguments)
    }
}
