public import Conversation
public import JSONRPC

/// The tools by which the agent of a session asks the core and has it do something.
///
/// What changes something is asked of people by the core, not by the agent.
public struct CoreTools: ToolSource {
    private let operations: any SteeringOperations
    private let session: SessionID

    /// The tools of the agent that works in `session`.
    public init(_ operations: any SteeringOperations, for session: SessionID) {
        self.operations = operations
        self.session = session
    }

    /// What they are, a line each, for the model.
    public static var summary: String {
        Tool.allCases.map { "- `\($0.rawValue)`: \($0.description.description)" }.joined(separator: "\n")
    }

    /// All tools, whether there is a core or not.
    public static var descriptions: [ToolDescription] { Tool.allCases.map(\.description) }

    /// All tools.
    public func tools() async throws -> [ToolDescription] { Self.descriptions }

    /// Asks the core, or has it do something.
    ///
    /// What the core refuses is an answer, too: the agent is to go on.
    public func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        guard let tool = Tool(rawValue: name) else { throw ToolRefusal.unknown(name) }
        let arguments = try ToolArguments(arguments, of: tool.rawValue, allowed: tool.arguments.map(\.name))
        switch tool {
        case .status: return await report(.status)
        case .sessions: return await report(.sessions)
        case .agents: return await report(.agents)
        case .history: return await report(.history(try arguments.number("turns", in: 1...100) ?? 10))
        case .log:
            let lines = try arguments.number("lines", in: 1...1000) ?? 50
            return await report(.surroundings(.log(lines: lines, of: try arguments.text("process"))))
        case .notify:
            guard let text = try arguments.text("text") else {
                throw ToolRefusal.invalid(name, "text is missing")
            }
            return try await perform(.notify(text))
        case .sendFile:
            guard let path = try arguments.text("path") else {
                throw ToolRefusal.invalid(name, "path is missing")
            }
            return try await perform(.sendFile(path))
        }
    }

    private func perform(_ deed: Deed) async throws -> ToolAnswer {
        do {
            return ToolAnswer(text: try await operations.perform(deed, forAgentOf: session))
        } catch let refusal as DeedRefusal {
            return ToolAnswer(text: refusal.description, isError: true)
        }
    }

    private func report(_ query: Query) async -> ToolAnswer {
        ToolAnswer(text: await operations.report(query, for: session))
    }
}
