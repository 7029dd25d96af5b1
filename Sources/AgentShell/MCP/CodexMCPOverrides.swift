#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import JSONRPC

/// Reads overrides of Codex's configuration as its command line has them.
enum CodexMCPOverrides {
    /// The values behind `-c` and `--config`, by their dotted keys; all else is left out.
    static func values(in arguments: [String]) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for (flag, argument) in zip(arguments, arguments.dropFirst()) where ["-c", "--config"].contains(flag) {
            guard let equals = argument.firstIndex(of: "=") else { continue }
            let key = argument[..<equals].filter { !$0.isWhitespace }
            values[key] = value(argument[argument.index(after: equals)...])
        }
        return values
    }

    /// A value as TOML writes it in one line; like Codex, takes what is none for a text.
    ///
    /// Such values are JSON but for the equals signs of their tables; dates and literal strings are left as texts.
    private static func value(_ text: Substring) -> JSONValue {
        var json = "", isQuoted = false, isEscaped = false
        for character in text {
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
            json.append(character == "=" && !isQuoted ? ":" : character)
        }
        // No JSON is a text.
        let value = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        return value ?? .string(String(text))
    }
}
