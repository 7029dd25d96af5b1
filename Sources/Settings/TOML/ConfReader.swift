import TOMLKit

/// Sorts what a TOML file has into values of settings, mistakes, and what is suspicious.
struct ConfReader {
    private(set) var entries: [Layer.Entry] = []
    /// What it says about profiles, roles and prompts.
    private(set) var profiles: ProfileReader
    var problems: [SettingsError.Problem] { notTables + profiles.problems }
    /// One line each, in the order of the file.
    var warnings: [String] { (remarks + profiles.remarks).sorted { $0.line < $1.line }.map(\.text) }

    private let file: String
    private let lines: KeyLines
    private let keys: Set<String>
    private let tables: Set<String>
    private var notTables: [SettingsError.Problem] = []
    private var remarks: [(line: Int, text: String)] = []

    /// A reader of the file that origins call `file`; `profiles` reads another part of it.
    init(file: String, keys: [AnySettingKey], lines: KeyLines, profiles: ProfileReader) {
        self.file = file
        self.lines = lines
        self.profiles = profiles
        self.keys = Set(keys.map(\.path))
        tables = Set(keys.map(\.table) + ["agents", "profiles", "prompts"])
    }

    /// Reads a whole document.
    mutating func read(_ document: TOMLTable) {
        read(document, at: [])
        guard let standard = profiles.standard else { return }
        if let own = entries.first(where: { $0.path == standard.path }) {
            remark("profiles.default is not read, because \(own.path) is there", at: ["profiles", "default"])
        } else {
            entries.append(standard)
        }
    }

    private mutating func read(_ table: TOMLTable, at parents: [String]) {
        // By position: the library looks keys up as C strings, which fails for some that are valid.
        for (name, value) in zip(table.keys, table.values) {
            let parts = parents + [name]
            let path = TOMLText.key(parts)
            if keys.contains(path) {
                entries.append(Layer.Entry(path: path, written: WrittenValue(value), origin: origin(of: parts)))
            } else if path == "profiles" {
                profiles.readProfiles(WrittenKey(value, at: parts, lines: lines))
            } else if path == "prompts" {
                profiles.readPrompts(WrittenKey(value, at: parts, lines: lines))
            } else if parents == ["agents"], value.type == .table || ProfileReader.isOfRoles(name) {
                profiles.readRole(WrittenKey(value, at: parts, lines: lines))
            } else if isTable(path) {
                guard let inner = value.table else {
                    notTables.append(notATable(value, at: parts))
                    continue
                }
                read(inner, at: parts)
            } else if UnusedSettings.paths.contains(path) {
                remark("\(shown(parts, value)) is not used by this version", at: parts)
            } else {
                remarkUnknown(value, at: parts)
            }
        }
    }

    private func isTable(_ path: String) -> Bool {
        tables.contains(path) || tables.contains { $0.hasPrefix(path + ".") }
    }

    private func notATable(_ value: TOMLValue, at parts: [String]) -> SettingsError.Problem {
        let path = TOMLText.key(parts)
        // A table may hold secrets, so what stands in its place is not shown.
        let found = WrittenValue(value).found(secret: true)
        return SettingsError.Problem(
            .invalid, at: origin(of: parts), key: path, "found \(found), expected the table [\(path)]")
    }

    private mutating func remarkUnknown(_ value: TOMLValue, at parts: [String]) {
        let path = TOMLText.key(parts)
        if value.type == .table {
            let named = tables.filter { !$0.isEmpty }
            let hint = Suggestion.nearest(to: path, among: named).map { "; did you mean [\($0)]?" } ?? ""
            remark("unknown table \(shown(parts, value))\(hint)", at: parts)
        } else {
            let elsewhere = keys.sorted().first { $0.hasSuffix("." + path) }
            let hint = elsewhere.map { "; did you mean \($0)?" } ?? Suggestion.text(for: path, among: keys)
            remark("unknown key \(shown(parts, value))\(hint)", at: parts)
        }
    }

    private mutating func remark(_ text: String, at parts: [String]) {
        remarks.append((lines.line(of: parts) ?? 0, "\(origin(of: parts)): \(text)"))
    }

    private func shown(_ parts: [String], _ value: TOMLValue) -> String {
        let path = Shown.plain(TOMLText.key(parts))
        return value.type == .table ? "[\(path)]" : path
    }

    private func origin(of parts: [String]) -> Origin { .file(file, line: lines.line(of: parts)) }
}

extension WrittenValue {
    /// What stands at one key of a TOML file.
    init(_ value: TOMLValue) {
        self =
            switch value.type {
            case .string: .text(value.string ?? "")
            case .int: .integer(value.int ?? 0)
            case .double: .decimal(value.double ?? .nan)
            case .bool: .boolean(value.bool ?? false)
            case .array: Self.array(value.array)
            case .table: .other("a table")
            case .date: .other("a date")
            case .time: .other("a time")
            case .dateTime: .other("a date with time")
            }
    }

    private static func array(_ values: TOMLArray?) -> WrittenValue {
        let texts = values?.map { $0.string ?? $0.int.map(String.init) } ?? []
        guard !texts.contains(nil) else { return .other("an array") }
        let hasNumbers = values?.contains { $0.type == .int } ?? false
        return hasNumbers ? .numbers(texts.compactMap(\.self)) : .texts(texts.compactMap(\.self))
    }
}
