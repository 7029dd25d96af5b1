import TOMLKit

/// A key of a file and what stands there, in either format.
struct WrittenKey {
    /// Its name after those of the tables around it; at least one.
    let parts: [String]
    /// Its line, from 1; nil when it is not known.
    let line: Int?
    /// What stands there.
    let written: WrittenValue
    /// What a table holds, in the order of the file; nil when it is none.
    let members: [WrittenKey]?

    /// Its own name.
    var name: String { parts.last ?? "" }
    /// Its place in the file, dotted, fit for a message.
    var path: String { Shown.plain(TOMLText.key(parts)) }

    /// The key made of `parts` in a TOML file.
    init(_ value: TOMLValue, at parts: [String], lines: KeyLines) {
        self.parts = parts
        line = lines.line(of: parts)
        written = WrittenValue(value)
        // By position: the library looks keys up as C strings, and it sorts them.
        members = value.table.map { table in
            zip(table.keys, table.values).map { WrittenKey($1, at: parts + [$0], lines: lines) }
                .sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        }
    }

    /// A key of a JSON file, in the objects called `parents`.
    init(_ member: JSONValue.Member, in parents: [String] = []) {
        let parts = parents + [member.key]
        self.parts = parts
        line = member.line
        written = member.value.written
        if case .object(let members) = member.value.content {
            self.members = members.map { WrittenKey($0, in: parts) }
        } else {
            members = nil
        }
    }
}
