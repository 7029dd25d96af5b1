import Conversation
import JSONRPC

/// Why something that Codex did has failed, in so few words that its title holds them.
enum CodexDeedFailure {
    case exit(Int)
    case message(String)

    /// nil when `code` is none of a command that failed.
    init?(exitCode code: JSONValue?) {
        guard case .integer(let code)? = code, code > 0 else { return nil }
        self = .exit(code)
    }

    /// The first line of `text`; nil when there is none.
    init?(_ text: String?) {
        guard let line = text?.split(whereSeparator: \.isNewline).first(where: { !$0.allSatisfy(\.isWhitespace) })
        else { return nil }
        self = .message(String(line))
    }

    /// What a tool answered, which called that an error.
    init?(answer: JSONValue?) {
        guard case .array(let parts)? = answer?["content"] else { return nil }
        self.init(parts.lazy.compactMap { $0["text"]?.text }.first)
    }

    /// What failed, and why, as a title.
    func title(of deed: String) -> String {
        let reason =
            switch self {
            case .exit(let code): " (exit \(code))"
            case .message(let text): ": \(text.headline(100))"
            }
        return deed.headline(200 - reason.count) + reason
    }
}
