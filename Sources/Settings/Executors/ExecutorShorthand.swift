/// Reads the variable `EXECUTORS`: `TYPE:VARIANT[:WEIGHT[:ROLE]],…`.
struct ExecutorShorthand {
    private(set) var drafts: [ExecutorDraft] = []
    private(set) var problems: [SettingsError.Problem] = []

    private static let key = "executors"
    private static let pattern = "TYPE:VARIANT[:WEIGHT[:ROLE]], with commas between them"

    private let origin: Origin
    private let base: PathBase

    /// Reads `text`, which stands at `origin`.
    init(_ text: String, origin: Origin, base: PathBase) {
        self.origin = origin
        self.base = base
        // A comma too many does no harm.
        let entries = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        if entries.isEmpty { wrong(text, expected: Self.pattern) }
        for entry in entries { readExecutor(entry) }
        // Without any role the order is meant.
        guard drafts.allSatisfy({ $0.role == nil }) else { return }
        for (index, role) in zip(drafts.indices, ExecutorSetting.Role.allCases) {
            drafts[index].role = role
        }
    }

    private mutating func readExecutor(_ entry: String) {
        let parts = entry.split(separator: ":", omittingEmptySubsequences: false).map {
            String($0).trimmed
        }
        guard (2...4).contains(parts.count), !parts[0].isEmpty, !parts[1].isEmpty else {
            return wrong(entry, expected: Self.pattern)
        }
        let kind = value(parts[0], as: ValueForm<ExecutorSetting.Kind>.anyCase { $0.uppercased() })
        let variant = value(parts[1], as: .word)
        let weight = parts.count > 2 && !parts[2].isEmpty ? value(parts[2], as: .weight) : nil
        let role =
            parts.count > 3 ? value(parts[3], as: ValueForm<ExecutorSetting.Role>.anyCase()) : nil
        guard let kind else { return }
        if kind == .custom {
            problem("CUSTOM needs a command, which only the project file can give")
        }
        var draft = ExecutorDraft(kind: kind, origin: origin, key: Self.key)
        (draft.variant, draft.weight, draft.role) = (variant, weight, role)
        drafts.append(draft)
    }

    private mutating func value<Value>(_ text: String, as form: ValueForm<Value>) -> Value? {
        if let result = form.read(.plain(text), base) { return result }
        wrong(text, expected: form.expected)
        return nil
    }

    private mutating func wrong(_ text: String, expected: String) {
        problem("found \(Shown.quoted(text)), expected \(expected)")
    }

    private mutating func problem(_ reason: String) {
        problems.append(SettingsError.Problem(.invalid, at: origin, key: Self.key, reason))
    }
}
