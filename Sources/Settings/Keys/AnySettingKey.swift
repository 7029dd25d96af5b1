/// A setting without the type of its value: what lists of settings are made of.
public struct AnySettingKey: Sendable {
    /// Its place in a file, dotted: `codex.sandbox`.
    public let path: String
    /// The environment variables that set it, the winning one first; the last is made from the path.
    public let environmentNames: [String]
    /// One line on what it does.
    public let summary: String
    /// Whether its value must never be shown.
    public let isSecret: Bool
    /// What values are valid, to follow the word "expected".
    public let expected: String
    /// The default as TOML; nil when there is none.
    public let defaultText: String?

    let example: String?
    let defaultValue: any Sendable
    /// The typed value, or nil when what is written does not fit.
    let read: @Sendable (WrittenValue, PathBase) -> (any Sendable)?
    /// Whether two typed values are the same.
    let isSame: @Sendable (any Sendable, any Sendable) -> Bool
    /// A typed value as TOML; nil for one that stands for none, and for secrets.
    let text: @Sendable (any Sendable) -> String?

    /// The same setting, its type forgotten.
    package init<Value>(_ key: SettingKey<Value>) {
        path = key.path
        environmentNames = key.establishedNames + [Self.environmentName(of: key.path)]
        summary = key.summary
        isSecret = key.isSecret
        expected = key.form.expected
        defaultText = key.form.toml(key.defaultValue)
        example = key.example
        defaultValue = key.defaultValue
        read = { written, base in key.form.read(written, base).map { $0 as any Sendable } }
        isSame = { ($0 as? Value) == ($1 as? Value) }
        text = { ($0 as? Value).flatMap(key.form.toml) }
    }

    /// The table it stands in, dotted; empty for the top of the file.
    var table: String { path.split(separator: ".").dropLast().joined(separator: ".") }

    /// Its name inside of its table.
    var name: String { path.split(separator: ".").last.map(String.init) ?? path }

    /// `CM_` and the parts of `path` in upper case, joined by `_`, camel case split:
    /// `orchestrator.pollInterval` is `CM_ORCHESTRATOR_POLL_INTERVAL`.
    package static func environmentName(of path: String) -> String {
        var name = "CM_"
        let letters = Array(path)
        for (index, letter) in letters.enumerated() {
            guard letter.isLetter || letter.isNumber else {
                name.append("_")
                continue
            }
            if letter.isUppercase, index > 0 {
                let startsWord = letters[index - 1].isLowercase || letters[index - 1].isNumber
                let endsAcronym =
                    letters[index - 1].isUppercase && index + 1 < letters.count && letters[index + 1].isLowercase
                if startsWord || endsAcronym { name.append("_") }
            }
            name.append(letter.uppercased())
        }
        return name
    }
}
