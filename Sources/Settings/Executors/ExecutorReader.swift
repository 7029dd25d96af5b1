/// Reads the `executors` of the project file.
struct ExecutorReader {
    private(set) var drafts: [ExecutorDraft] = []
    private(set) var problems: [SettingsError.Problem] = []
    /// One line each, in the order of the file.
    private(set) var warnings: [String] = []

    private static let fields = [
        "name", "executor", "variant", "weight", "role", "enabled", "model", "command", "roles",
    ]

    private let file: String
    private let base: PathBase

    /// A reader of the file that origins call `file`.
    init(file: String, base: PathBase) {
        self.file = file
        self.base = base
    }

    /// Reads what stands at the key `executors`.
    mutating func read(_ value: JSONValue) {
        guard case .array(let values) = value.content else {
            return wrong(value, at: "executors", expected: "an array of objects")
        }
        for (index, value) in values.enumerated() { readExecutor(value, at: "executors[\(index)]") }
    }

    private mutating func readExecutor(_ value: JSONValue, at key: String) {
        guard case .object(let members) = value.content else {
            return wrong(value, at: key, expected: "an object")
        }
        for member in members where !Self.fields.contains(member.key) {
            let hint = Suggestion.text(for: member.key, among: Self.fields)
            let name = Shown.plain(member.key)
            warnings.append("\(Origin.file(file, line: member.line)): unknown key \(key).\(name)\(hint)")
        }
        let origin = Origin.file(file, line: value.line)
        let kinds = ValueForm<ExecutorSetting.Kind>.anyCase { $0.uppercased() }
        if !members.contains(where: { $0.key == "executor" }) {
            problem(origin, "\(key).executor", "nothing found, expected \(kinds.expected)")
        }
        let kind = field("executor", of: members, at: key, as: kinds)
        // All fields are read whatever the kind, so that all that is wrong comes together.
        var draft = ExecutorDraft(kind: kind ?? .custom, origin: origin, key: key)
        draft.name = field("name", of: members, at: key, as: .word)
        draft.variant = field("variant", of: members, at: key, as: .word)
        draft.weight = field("weight", of: members, at: key, as: .weight)
        draft.role = field("role", of: members, at: key, as: .anyCase())
        draft.isEnabled = field("enabled", of: members, at: key, as: .boolean) ?? true
        draft.model = field("model", of: members, at: key, as: .word)
        draft.command = field("command", of: members, at: key, as: .command, isSecret: true) ?? []
        draft.playsRoles = field("roles", of: members, at: key, as: .boolean)
        guard let kind else { return }
        checkCommand(of: kind, members, at: key, origin)
        drafts.append(draft)
    }

    /// A command belongs to `CUSTOM` and to nothing else.
    private mutating func checkCommand(
        of kind: ExecutorSetting.Kind, _ members: [JSONValue.Member], at key: String, _ origin: Origin
    ) {
        let command = members.first { $0.key == "command" }
        switch kind {
        case .custom:
            guard command == nil else { return }
            problem(
                origin, "\(key).command", "nothing found, expected \(ValueForm<[String]>.command.expected)")
        case .codex, .copilot:
            guard let command else { return }
            problem(
                .file(file, line: command.line), "\(key).command",
                "only CUSTOM has a command; that of \(kind.rawValue.uppercased()) is \(kind.rawValue).command"
            )
        }
    }

    /// The value of the field `name`; nil when it is missing or wrong.
    ///
    /// A wrong command is not shown, for it may hold secrets.
    private mutating func field<Value>(
        _ name: String, of members: [JSONValue.Member], at key: String, as form: ValueForm<Value>,
        isSecret: Bool = false
    ) -> Value? {
        guard let value = members.first(where: { $0.key == name })?.value else { return nil }
        if let result = form.read(value.written, base) { return result }
        wrong(value, at: "\(key).\(name)", expected: form.expected, isSecret: isSecret)
        return nil
    }

    private mutating func wrong(
        _ value: JSONValue, at key: String, expected: String, isSecret: Bool = false
    ) {
        let found = value.written.found(secret: isSecret)
        problem(.file(file, line: value.line), key, "found \(found), expected \(expected)")
    }

    private mutating func problem(_ origin: Origin, _ key: String, _ reason: String) {
        problems.append(SettingsError.Problem(.invalid, at: origin, key: key, reason))
    }
}
