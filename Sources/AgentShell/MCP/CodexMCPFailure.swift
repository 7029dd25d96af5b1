import Conversation
import JSONRPC

/// Reads the errors of turns as Codex reports them over MCP: like those of the app-server, in snake case.
enum CodexMCPFailure {
    /// The kind that `info`, the `codex_error_info` of an event, stands for; nil when it says nothing.
    static func kind(_ info: JSONValue?) -> TurnError.Kind? { CodexFailure.kind(info.map(camelCase)) }

    private static func camelCase(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let name): .string(camelCase(name))
        case .object(let members):
            .object(
                Dictionary(members.map { (camelCase($0.key), camelCase($0.value)) }) { first, _ in first })
        case .null, .bool, .integer, .double, .array: value
        }
    }

    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        guard let first = words.first else { return name }
        return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
