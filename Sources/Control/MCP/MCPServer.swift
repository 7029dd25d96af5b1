public import JSONRPC
import Locking
public import Logging

/// Offers tools to one agent over the Model Context Protocol.
///
/// Tolerant of its neighbours: a request that comes before `initialize` is served, what agents ask for although it was
/// not announced is answered with an empty list, and a line that is no message is left out.
public struct MCPServer: Sendable {
    /// The protocol spoken with an agent that asks for none of ``versions``.
    static let version = "2025-06-18"
    /// The protocols that are the same as far as this server goes.
    static let versions: Set = ["2024-11-05", "2025-03-26", version, "2025-11-25"]

    private let name: String
    private let programVersion: String
    private let instructions: String?
    private let source: any ToolSource
    private let changes: AsyncStream<Void>?
    private let logger: Logger

    /// Creates a server; it says nothing before ``run(over:)``.
    ///
    /// - Parameters:
    ///   - name: What it calls itself.
    ///   - version: The program's.
    ///   - instructions: What the tools are good for, in a sentence or two: some agents show it to their model where
    ///     that looks for tools; nil for nothing.
    ///   - source: Where the tools are.
    ///   - changes: Yields whenever there are other tools than before; nil when that never happens.
    ///   - logger: Told about messages that were left out.
    public init(
        name: String, version: String, instructions: String? = nil, source: any ToolSource,
        changes: AsyncStream<Void>? = nil, logger: Logger = Logger(label: "mcp")
    ) {
        self.name = name
        programVersion = version
        self.instructions = instructions
        self.source = source
        self.changes = changes
        self.logger = logger
    }

    /// Serves the agent until it closes its side; calls under way are cancelled then.
    ///
    /// Called once. Throws what ``JSONRPC/Connection/run(over:patience:)`` throws.
    public func run(over transport: some LineTransport) async throws {
        let isInitialized = Locked(false)
        // What takes the agent's notices is made before the connection, and let go of with it.
        let running = Locked<Connection?>(nil)
        defer { running.withLock { $0 = nil } }
        var methods = methods
        methods.on(MCPNotice.Initialized.self) { _ in isInitialized.withLock { $0 = true } }
        methods.on(MCPNotice.Cancelled.self) { running.withLock(\.self)?.cancelServing($0.requestId) }
        let connection = Connection(methods: methods, logger: logger)
        running.withLock { $0 = connection }
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let changes {
                group.addTask {
                    for await _ in changes where isInitialized.withLock(\.self) {
                        try connection.notify(MCPNotice.ToolsChanged())
                    }
                }
            }
            defer { group.cancelAll() }
            try await connection.run(over: transport)
        }
    }

    private var methods: MethodTable {
        var methods = MethodTable()
        methods.on(MCPCall.Initialize.self) { greeting(for: $0.protocolVersion?.text) }
        methods.on(MCPCall.Ping.self) { _ in Empty() }
        methods.on(MCPCall.SetLogLevel.self) { _ in Empty() }
        methods.on(MCPCall.ListTools.self) { _ in
            ["tools": .array(try await source.tools().map(\.announcement))]
        }
        methods.on(MCPCall.CallTool.self) { try await call($0) }
        methods.on(MCPCall.ListResources.self) { _ in ["resources": []] }
        methods.on(MCPCall.ListResourceTemplates.self) { _ in ["resourceTemplates": []] }
        methods.on(MCPCall.ListPrompts.self) { _ in ["prompts": []] }
        return methods
    }

    private func greeting(for version: String?) -> JSONValue {
        let spoken = version.flatMap { Self.versions.contains($0) ? $0 : nil } ?? Self.version
        var greeting: [String: JSONValue] = [
            "protocolVersion": .string(spoken), "capabilities": ["tools": ["listChanged": true]],
            "serverInfo": ["name": .string(name), "title": .string(name), "version": .string(programVersion)],
        ]
        greeting["instructions"] = instructions.map(JSONValue.string)
        return .object(greeting)
    }

    private func call(_ call: MCPCall.CallTool) async throws -> JSONValue {
        do {
            let arguments: JSONValue
            switch call.arguments {
            case nil, .null: arguments = [:]
            case .object(let members): arguments = .object(members)
            default: throw ToolRefusal.invalid(call.name, "the arguments are no object")
            }
            return try await source.call(call.name, arguments).result
        } catch let refusal as ToolRefusal {
            throw RPCError(code: .invalidParams, message: refusal.description)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return ToolAnswer(text: "\(call.name) failed: \(error)", isError: true).result
        }
    }
}
