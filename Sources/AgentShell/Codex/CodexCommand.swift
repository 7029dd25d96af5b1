import JSONRPC

/// A shell command in an item or a question of Codex.
struct CodexCommand {
    /// The command as the model wrote it, without the shell that Codex wraps it in; empty when there is none.
    let text: String

    init(_ members: JSONValue) {
        if case .array(let actions)? = members["commandActions"], actions.count == 1,
            let command = actions[0]["command"]?.text
        {
            text = command
        } else {
            text = Self.unwrapped(members["command"]?.text ?? "")
        }
    }

    /// `/bin/bash -lc 'ls'` is `ls`.
    ///
    /// What has quotes inside stays as it is: it would have to be parsed.
    private static func unwrapped(_ command: String) -> String {
        let parts = command.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix("sh -lc "), parts[2].isEmpty else { return command }
        return String(parts[1])
    }
}
