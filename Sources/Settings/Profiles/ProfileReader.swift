/// Reads what a file says about profiles, roles and prompts; this part has what all tables share.
struct ProfileReader {
    /// The profiles in the order of the file.
    var profiles: [ProfileSetting] = []
    /// What is said about roles outside of any profile.
    var agents: [RoleKey: RoleSetting] = [:]
    /// What is put in the place of prompts, by their names.
    var prompts: [String: Placed<PromptSetting>] = [:]
    /// The prompt files it has looked for, absolute paths, as they were just before.
    var promptFiles: [String: FileStamp?] = [:]
    /// The name of the profile of new conversations, where it is written among the profiles.
    var standard: Layer.Entry?
    private(set) var problems: [SettingsError.Problem] = []
    /// What is suspicious, with its line; 0 when that is not known.
    private(set) var remarks: [(line: Int, text: String)] = []

    let base: PathBase
    let files: FileAccess
    let catalog: PromptCatalog
    private let file: String
    private let table: String

    /// A reader of the file that origins call `file`; messages call what holds keys `table`, with its article.
    init(file: String, base: PathBase, files: FileAccess, catalog: PromptCatalog, table: String) {
        self.file = file
        self.base = base
        self.files = files
        self.catalog = catalog
        self.table = table
    }

    /// The value of the field that has one of `names` among `members`; nil when it is missing or wrong.
    ///
    /// Of several names the first counts, with a warning. A secret value is not shown.
    mutating func field<Value>(
        _ names: String..., of members: [WrittenKey], as form: ValueForm<Value>, isSecret: Bool = false
    ) -> Placed<Value>? {
        let written = names.compactMap { name in members.first { $0.name == name } }
        for other in written.dropFirst() { remarkHidden(other, by: written[0].path) }
        // All are read, so that all that is wrong comes together.
        return written.map { value(of: $0, as: form, isSecret: isSecret) }.first ?? nil
    }

    /// What stands at `key`; nil when it is wrong.
    mutating func value<Value>(
        of key: WrittenKey, as form: ValueForm<Value>, isSecret: Bool = false
    ) -> Placed<Value>? {
        if let value = form.read(key.written, base) {
            return Placed(value: value, origin: origin(of: key), key: key.path)
        }
        problem(key, "found \(key.written.found(secret: isSecret)), expected \(form.expected)")
        return nil
    }

    /// What the table at `key` holds; nil when something else stands there, which may be a secret.
    mutating func members(of key: WrittenKey, or alternative: String = "") -> [WrittenKey]? {
        if let members = key.members { return members }
        problem(key, "found \(key.written.found(secret: true)), expected \(table)\(alternative)")
        return nil
    }

    mutating func problem(
        _ key: WrittenKey, _ reason: String, code: SettingsError.Problem.Code = .invalid
    ) {
        problems.append(SettingsError.Problem(code, at: origin(of: key), key: key.path, reason))
    }

    mutating func remarkUnknown(_ key: WrittenKey, among known: some Sequence<String>) {
        remark(key, "unknown key \(key.path)\(Suggestion.text(for: key.name, among: known))")
    }

    mutating func remarkHidden(_ key: WrittenKey, by other: String) {
        remark(key, "\(key.path) is not read, because \(other) is there")
    }

    mutating func remarkUnused(_ key: WrittenKey) { remark(key, "\(key.path) is not used by this version") }

    mutating func remark(_ key: WrittenKey, _ text: String) {
        remarks.append((key.line ?? 0, "\(origin(of: key)): \(text)"))
    }

    func origin(of key: WrittenKey) -> Origin { .file(file, line: key.line) }
}
