extension DirectoryReader {
    /// Larger files are not looked through.
    private static let searchedSize = 2 << 20
    /// So many bytes are read at most.
    private static let searchedBytes = 512 << 20
    /// So many places are told at most, so many of them names.
    private static let places = 50, names = 20
    /// So many files of which git says that they have it are looked at.
    private static let candidates = 1000

    /// What was found so far.
    private struct Findings {
        var names: [String] = []
        var hits: [String] = []
        var large: [String] = []
        /// Whether there may be more.
        var isCut = false
        var readBytes = 0

        var isFull: Bool { names.count + hits.count >= DirectoryReader.places }
    }

    func places(of search: TextSearch, in directory: String) async throws -> String {
        var findings = Findings()
        let name = try TextSearch(search.text.lowercased())
        try await paths(in: directory) { path in
            guard name.isIn(path), exists(path, in: directory) else { return true }
            guard findings.names.count < Self.names else {
                findings.isCut = true
                return false
            }
            findings.names.append(line(PlainLines.shown(path: path)))
            return true
        }
        let isRepository = try await withUsableCheckout(of: directory) { checkout in
            var candidates: [[UInt8]] = []
            // Nearly every one has a line to show.
            try await checkout.paths(with: search) { path in
                candidates.append(path)
                return candidates.count < Self.candidates
            }
            if candidates.count >= Self.candidates { findings.isCut = true }
            for path in candidates.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                guard try look(for: search, at: path, in: directory, &findings) else { break }
            }
        }
        if !isRepository {
            let (paths, isWhole) = try walk(directory)
            for path in paths {
                guard try look(for: search, at: path, in: directory, &findings) else { break }
            }
            if !isWhole { findings.isCut = true }
        }
        return text(of: findings, search, in: directory)
    }

    /// Notes the lines of one file; returns whether there is room for more.
    private func look(
        for search: TextSearch, at path: [UInt8], in directory: String, _ findings: inout Findings
    ) throws -> Bool {
        try Task.checkCancellation()
        guard !SecretFile.isOne(path) else { return true }
        let place = Array("\(directory)/".utf8) + path
        guard let status = FileStatus(at: place), status.kind == .file else { return true }
        let name = line(PlainLines.shown(path: path))
        guard status.size <= Self.searchedSize else {
            findings.large.append(name)
            return true
        }
        findings.readBytes += status.size
        guard findings.readBytes <= Self.searchedBytes else {
            findings.isCut = true
            return false
        }
        guard let bytes = Content.load(place, limit: Self.searchedSize)?.bytes, !Self.isBinary(bytes),
            search.isIn(bytes), PlaceInDirectory.isReached(path, in: directory)
        else { return true }
        for (number, text) in NumberedLines(String(decoding: bytes, as: UTF8.self), redact: redact).lines {
            guard search.isIn(text.utf8) else { continue }
            guard !findings.isFull else {
                findings.isCut = true
                return false
            }
            findings.hits.append("\(name):\(number): \(PlainLines.shown(String(text.drop(while: \.isWhitespace))))")
        }
        return true
    }

    private func text(of findings: Findings, _ search: TextSearch, in directory: String) -> String {
        let text = "“\(line(search.text))”"
        var notes = findings.isCut ? ["[there is more; only the first places are told]"] : []
        if !findings.large.isEmpty {
            let names = findings.large.prefix(5).joined(separator: ", ")
            let rest = findings.large.count > 5 ? " and \(findings.large.count - 5) more" : ""
            notes.append("[too large to be looked through: \(names)\(rest)]")
        }
        let (names, hits) = (findings.names.count, findings.hits.count)
        var parts = hits > 0 ? ["\(hits) \(hits == 1 ? "line" : "lines")"] : []
        if names > 0 { parts.append("\(names) \(names == 1 ? "name of a file" : "names of files")") }
        let heading =
            parts.isEmpty ? "\(text) is nowhere in the files" : "\(text) is in \(parts.joined(separator: ", "))"
        return ([heading] + findings.names + findings.hits + notes).joined(separator: "\n")
    }
}
