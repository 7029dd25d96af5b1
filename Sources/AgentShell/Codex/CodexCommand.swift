import JSONRPC

/// A shell command in an item or a question of Codex.
struct CodexCommand {
    /// The command as the model wrote it, without the shell that Codex wraps it in; empty when there is none.
    let text: String
    /// Whether the text is the whole command, and not only Codex's reading of it.
    let isExact: Bool

    init(_ members: JSONValue) {
        let whole = members["command"]?.text ?? ""
        if let inner = ShellInvocation.script(in: whole) {
            text = inner
            isExact = true
        } else if case .array(let actions)? = members["commandActions"], actions.count == 1,
            let command = actions[0]["command"]?.text
        {
            text = command
            isExact = whole == command
        } else {
            text = whole
            isExact = true
        }
    }
}
