/// One setting: where it is written, what it may be and what it is when nobody writes it.
///
/// A new one is a declaration in an extension of this type and a line in ``AnySettingKey/all``.
public struct SettingKey<Value: Equatable & Sendable>: Sendable {
    /// Its place in a file, dotted: `codex.sandbox`.
    public let path: String
    /// What it is when no layer has it.
    public let defaultValue: Value
    let establishedNames: [String]
    let form: ValueForm<Value>
    let example: String?
    let summary: String
    let isSecret: Bool

    /// Declares a setting.
    ///
    /// - Parameters:
    ///   - path: dotted: the tables, if any, and the name.
    ///   - establishedNames: environment variables that win over the one made from the path, first wins.
    ///   - form: which values are valid.
    ///   - example: a TOML value for the template, needed where the default is none.
    ///   - summary: one line for the template, a sentence with its unit.
    ///   - isSecret: whether its value must never be shown.
    package init(
        _ path: String, established establishedNames: [String] = [], default defaultValue: Value,
        form: ValueForm<Value>, example: String? = nil, summary: String, isSecret: Bool = false
    ) {
        self.path = path
        self.establishedNames = establishedNames
        self.defaultValue = defaultValue
        self.form = form
        self.example = example
        self.summary = summary
        self.isSecret = isSecret
    }
}
