/// Compares two trees.
struct TreeDiff {
    let desk: Desk
    let old: String
    let new: String
    /// Folders with the objects of both, beside the desk's.
    let objects: [String]

    private static let options = ["-r", "--no-ext-diff", "--no-textconv", "--no-color"]

    /// What changed, and whether contents could be compared; they cannot when the repository has lost them.
    func files() async throws -> (files: [ChangedFile], isCompared: Bool) {
        if old == new { return ([], true) }
        let full = try await desk.attempt(
            ["diff-tree", "--raw", "--numstat", "-z", "-M"] + Self.options + [old, new], reading: objects)
        if full.isSuccess { return (Self.files(full.fields), true) }
        let names = try await desk.attempt(
            ["diff-tree", "--raw", "-z", "--no-renames"] + Self.options + [old, new], reading: objects)
        guard names.isSuccess else { throw desk.failure("diff-tree", names) }
        return (Self.files(names.fields), false)
    }

    /// Hands the unified diff to `take`, chunk by chunk, until that returns `false`.
    func patch(_ take: ([UInt8]) -> Bool) async throws {
        _ = try await desk.git.run(
            ["diff-tree", "-p", "-M"] + Self.options + [old, new], in: desk.tree.top,
            adding: desk.variables(reading: objects), take: take)
    }

    /// Reads `:MODE MODE NAME NAME STATUS`, path, for each file, and then `ADDED REMOVED PATH` for each; a renamed file
    /// has two paths.
    static func files(_ fields: [ArraySlice<UInt8>]) -> [ChangedFile] {
        var rest = fields[...].makeIterator()
        var files: [ChangedFile] = []
        var places: [String: Int] = [:]
        func path() -> String { rest.next().map { String(decoding: $0, as: UTF8.self) } ?? "" }
        while let field = rest.next() {
            if field.first == UInt8(ascii: ":") {
                let file: ChangedFile
                switch field.last(where: { !(48...57).contains($0) }) {
                case UInt8(ascii: "A"): file = ChangedFile(path: path(), kind: .added)
                case UInt8(ascii: "D"): file = ChangedFile(path: path(), kind: .deleted)
                case UInt8(ascii: "R"):
                    let old = path()
                    file = ChangedFile(path: path(), kind: .renamed(from: old))
                default: file = ChangedFile(path: path(), kind: .modified)
                }
                places[file.path] = files.count
                files.append(file)
            } else {
                let counts = field.split(separator: 9, maxSplits: 2, omittingEmptySubsequences: false)
                guard counts.count == 3 else { continue }
                var name = String(decoding: counts[2], as: UTF8.self)
                if name.isEmpty {
                    _ = path()
                    name = path()
                }
                guard let place = places[name] else { continue }
                files[place].addedLines = Int(String(decoding: counts[0], as: UTF8.self))
                files[place].removedLines = Int(String(decoding: counts[1], as: UTF8.self))
                files[place].isBinary = files[place].addedLines == nil
            }
        }
        return files
    }
}
