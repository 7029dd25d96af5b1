public import JSONRPC

/// Where the tools are that a server offers.
///
/// A port: whoever has tools conforms. Calls may come at the same time.
public protocol ToolSource: Sendable {
    /// The tools there are now; asked each time that an agent asks.
    func tools() async throws -> [ToolDescription]

    /// What the tool called `name` answers to `arguments`, which are an object.
    ///
    /// Throws ``ToolRefusal`` for a call that cannot be made; the agent is told any other error as the tool's failure.
    /// The task is cancelled when the agent gives the call up.
    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer
}

/// Why a call of a tool cannot be made as it is.
public struct ToolRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    public enum Code: Hashable, Sendable {
        /// There is no such tool.
        case unknownTool
        /// The arguments do not fit the tool.
        case invalidArguments
    }

    /// What is wrong with it.
    public var code: Code
    /// What was called.
    public var tool: String
    /// What is wrong with the arguments, one sentence for the model; empty when there is nothing to say.
    public var detail: String

    /// There is no tool called `tool`.
    public static func unknown(_ tool: String) -> ToolRefusal {
        ToolRefusal(code: .unknownTool, tool: tool, detail: "")
    }

    /// The arguments do not fit `tool`, as `detail` says.
    public static func invalid(_ tool: String, _ detail: String) -> ToolRefusal {
        ToolRefusal(code: .invalidArguments, tool: tool, detail: detail)
    }

    /// One sentence for the model, with the name of the tool.
    public var description: String {
        switch code {
        case .unknownTool: "there is no tool called \(tool)"
        case .invalidArguments: detail.isEmpty ? "\(tool) does not take these arguments" : "\(tool): \(detail)"
        }
    }
}
