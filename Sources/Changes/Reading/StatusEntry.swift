/// A file of which git's status says something.
struct StatusEntry: Hashable {
    /// How the index differs from the last commit, a letter; a blank for not.
    var index: UInt8
    /// How the file differs from the index.
    var file: UInt8
    /// Relative to the directory.
    var path: [UInt8]
    /// What it was called before.
    var source: [UInt8]?

    /// Reads `XY PATH`, for a renamed file followed by its old path, without `prefix` before the paths.
    static func read(_ fields: [ArraySlice<UInt8>], below prefix: String) -> [StatusEntry] {
        var rest = fields[...].makeIterator()
        var entries: [StatusEntry] = []
        let length = prefix.utf8.count
        while let field = rest.next() {
            guard field.count > 3 else { continue }
            let letters = Array(field.prefix(2))
            var entry = StatusEntry(index: letters[0], file: letters[1], path: Array(field.dropFirst(3 + length)))
            if letters.contains(where: { $0 == UInt8(ascii: "R") || $0 == UInt8(ascii: "C") }) {
                entry.source = rest.next().map { Array($0.starts(with: prefix.utf8) ? $0.dropFirst(length) : $0) }
            }
            entries.append(entry)
        }
        return entries
    }

    /// Whether git does not know the file.
    var isUntracked: Bool { index == UInt8(ascii: "?") }

    /// Whether a merge has left it to somebody.
    var isConflict: Bool {
        let letters = String(decoding: [index, file], as: UTF8.self)
        return ["DD", "AU", "UD", "UA", "DU", "AA", "UU"].contains(letters)
    }

    /// Whether something of it is in the index for the next commit.
    var isStaged: Bool { !isUntracked && !isConflict && index != UInt8(ascii: " ") }

    /// One line; `counted` is the same file as it differs from the last commit.
    func line(_ counted: ChangedFile?) -> String {
        let name = PlainLines.shown(path: path)
        if isUntracked { return "? \(name)" }
        if isConflict { return "U \(name) (conflict)" }
        let staged = isStaged ? file == UInt8(ascii: " ") ? " staged" : " partly staged" : ""
        return PlainLines.shown((counted ?? uncounted).description) + staged
    }

    private var uncounted: ChangedFile {
        let name = String(decoding: path, as: UTF8.self)
        let letter = index == UInt8(ascii: " ") ? file : index
        let kind: ChangedFile.Kind =
            switch letter {
            case UInt8(ascii: "A"): .added
            case UInt8(ascii: "D"): .deleted
            case UInt8(ascii: "R"): source.map { .renamed(from: String(decoding: $0, as: UTF8.self)) } ?? .modified
            default: .modified
            }
        return ChangedFile(path: name, kind: kind)
    }
}
