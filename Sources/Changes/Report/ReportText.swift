/// Puts the text of a report together.
struct ReportText {
    private let limit: Int
    private(set) var text = ""
    private(set) var isCut = false

    /// - Parameter limit: The most bytes of the text; a text shorter than 1 KiB would say nothing.
    init(limit: Int) { self.limit = max(limit, 1024) }

    /// Names the files, in at most half of the room when a diff follows.
    mutating func list(_ files: [ChangedFile], remarks: [String], isDiffFollowing: Bool) {
        text = Self.summary(files) + "\n"
        let room = isDiffFollowing ? limit / 2 : limit
        for remark in remarks where text.utf8.count + remark.utf8.count < room { text += remark + "\n" }
        for (number, file) in files.enumerated() {
            let line = "\(file)\n"
            guard text.utf8.count + line.utf8.count <= room - 60 else {
                text += "[\(files.count - number) more files are not named here.]\n"
                isCut = true
                return
            }
            text += line
        }
    }

    /// What is left for a diff.
    var room: Int { limit - text.utf8.count - 1 }

    /// Adds the diff.
    mutating func append(_ patch: PatchText) {
        if !patch.text.isEmpty { text += "\n" + patch.text }
        isCut = isCut || patch.isCut
    }

    private static func summary(_ files: [ChangedFile]) -> String {
        guard !files.isEmpty else { return "No file changed." }
        var counts: [(word: String, count: Int)] = [("added", 0), ("modified", 0), ("deleted", 0), ("renamed", 0)]
        for file in files {
            switch file.kind {
            case .added: counts[0].count += 1
            case .modified: counts[1].count += 1
            case .deleted: counts[2].count += 1
            case .renamed: counts[3].count += 1
            }
        }
        let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
        return "\(files.count) \(files.count == 1 ? "file" : "files") changed: \(parts)."
    }
}
