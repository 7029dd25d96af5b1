extension DirectoryReader {
    /// At most this much of a diff is read.
    private static let patchLimit = 2 << 20

    func changes(_ checkout: Checkout) async throws -> String {
        let entries = try await checkout.status()
        let place = try await place(of: checkout)
        guard !entries.isEmpty else { return "\(place): nothing changed since the last commit" }
        let files = try await checkout.changedFiles()
        let counted = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        var bounded = BoundedLines(lines: 100, characters: 30_000)
        for entry in entries {
            bounded.add(redact(entry.line(counted[String(decoding: entry.path, as: UTF8.self)])))
        }
        var parts = ["\(entries.count) \(entries.count == 1 ? "file" : "files") changed"]
        let staged = entries.count(where: \.isStaged), conflicts = entries.count(where: \.isConflict)
        let new = entries.count(where: \.isUntracked)
        if staged > 0 { parts.append("\(staged) staged") }
        if new > 0 { parts.append("\(new) not in git yet") }
        if conflicts > 0 { parts.append("\(conflicts) in conflict") }
        return bounded.text(under: "\(place): \(parts.joined(separator: ", "))", left: ("file", "files"))
    }

    func diff(_ checkout: Checkout) async throws -> String {
        let entries = try await checkout.status()
        let place = try await place(of: checkout)
        var bytes: [UInt8] = []
        try await checkout.patch { chunk in
            bytes += chunk
            return bytes.count < Self.patchLimit
        }
        let isCut = bytes.count >= Self.patchLimit
        if isCut { bytes.removeLast(bytes.count - (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0)) }
        var bounded = BoundedLines(lines: 400, characters: 30_000)
        // Before any line is cut: half of a secret is not known as one.
        for line in PlainLines.of(redact(String(decoding: bytes, as: UTF8.self))) {
            bounded.add(PlainLines.shown(line))
        }
        var notes: [String] = []
        if isCut { notes.append("[the diff is longer than \(Self.patchLimit >> 20) MB; the rest is left out]") }
        let secret = entries.filter { !$0.isUntracked && SecretFile.isOne($0.path) }
        notes += secret.map { "[\(PlainLines.shown(path: $0.path)) changed, too; it is a file of secrets]" }
        let new = entries.filter(\.isUntracked).map { line(PlainLines.shown(path: $0.path)) }
        if !new.isEmpty {
            let rest = new.count > 20 ? " and \(new.count - 20) more" : ""
            notes.append("[not in git yet, and not shown: \(new.prefix(20).joined(separator: ", "))\(rest)]")
        }
        guard !bounded.lines.isEmpty || !notes.isEmpty else {
            return "\(place): nothing changed since the last commit"
        }
        let heading = bounded.lines.isEmpty ? "nothing that git can show" : "the difference from the last commit"
        return ([bounded.text(under: "\(place): \(heading)")] + notes).joined(separator: "\n")
    }

    /// The branch, and what is under way on it.
    func place(of checkout: Checkout) async throws -> String {
        guard let git else { return "" }
        let named = try await git.run(["symbolic-ref", "-q", "--short", "HEAD"], in: checkout.tree.top)
        var place =
            if named.isSuccess, let name = named.lines.first {
                "branch \(line(name))"
            } else {
                "no branch (at \(checkout.head?.prefix(10) ?? "no commit"))"
            }
        if checkout.head == nil { place += ", no commit yet" }
        let folder = checkout.tree.repository?.directory ?? ""
        let states = [
            ("MERGE_HEAD", "merging"), ("rebase-merge", "rebasing"), ("rebase-apply", "rebasing"),
            ("CHERRY_PICK_HEAD", "cherry-picking"), ("REVERT_HEAD", "reverting"), ("BISECT_LOG", "bisecting"),
        ]
        if let state = states.first(where: { FileStatus(at: Array("\(folder)/\($0.0)".utf8)) != nil }) {
            place += ", \(state.1)"
        }
        return place
    }
}
