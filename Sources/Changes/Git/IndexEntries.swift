/// What `git ls-files -s -z` says of the index.
struct IndexEntries {
    private let output: [UInt8]
    /// Paths in conflict.
    private(set) var unmerged: Set<[UInt8]> = []
    /// Repositories inside, recorded as a commit each.
    private(set) var repositories: Set<[UInt8]> = []

    init(_ output: [UInt8]) {
        self.output = output
        for entry in entries where entry.isUnmerged || entry.isRepository {
            if entry.isUnmerged {
                unmerged.insert(Array(entry.path))
            } else {
                repositories.insert(Array(entry.path))
            }
        }
    }

    /// The objects of those of `paths` that are files in the index, by path.
    func objects(of paths: Set<[UInt8]>) -> [[UInt8]: String] {
        var objects: [[UInt8]: String] = [:]
        for entry in entries where !entry.isUnmerged && !entry.isRepository && paths.contains(Array(entry.path)) {
            objects[Array(entry.path)] = String(decoding: entry.name, as: UTF8.self)
        }
        return objects
    }

    /// `MODE NAME STAGE`, a tab, and the path.
    private struct Entry {
        let head: ArraySlice<UInt8>
        let path: ArraySlice<UInt8>

        var isUnmerged: Bool { head.last != UInt8(ascii: "0") }
        var isRepository: Bool { head.starts(with: "160000".utf8) }
        var name: ArraySlice<UInt8> { head.dropFirst("160000 ".utf8.count).dropLast(" 0".utf8.count) }
    }

    private var entries: some Sequence<Entry> {
        output.split(separator: 0).lazy.compactMap { field in
            guard let tab = field.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            return Entry(head: field[..<tab], path: field[(tab + 1)...])
        }
    }
}
