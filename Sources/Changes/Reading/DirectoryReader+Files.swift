extension DirectoryReader {
    /// Larger files are not shown.
    private static let sizeLimit = 4 << 20
    /// So many lines are shown at most.
    private static let lineCount = 400
    /// So many files are looked at without git.
    private static let walkedFiles = 50_000

    func show(_ typed: String, _ wanted: ClosedRange<Int>?, in directory: String) async throws -> String {
        if let place = try PlaceInDirectory(typed, in: directory) { return try show(place, wanted) }
        let shown = line(PlainLines.shown(path: typed))
        let alike = try await files(called: typed, in: directory)
        if alike.count == 1, let place = try PlaceInDirectory(String(decoding: alike[0], as: UTF8.self), in: directory)
        {
            return try show(place, wanted)
        }
        guard !alike.isEmpty else { throw ReadingError(.noFile, "there is no file \(shown) in the working directory") }
        let names = alike.prefix(10).map { line(PlainLines.shown(path: $0)) }.joined(separator: ", ")
        throw ReadingError(.noFile, "there are several files called \(shown): \(names)")
    }

    private func show(_ place: PlaceInDirectory, _ wanted: ClosedRange<Int>?) throws -> String {
        let name = place.name.isEmpty ? "the working directory" : line(PlainLines.shown(path: place.name))
        switch place.status.kind {
        case .file: break
        case .directory: throw ReadingError(.noFile, "\(name) is a folder")
        case .link, .other: throw ReadingError(.noFile, "\(name) is no regular file")
        }
        guard place.status.size <= Self.sizeLimit else {
            throw ReadingError(
                .noFile, "\(name) is too large to be shown: \(place.status.size) bytes, of \(Self.sizeLimit) at most")
        }
        guard let bytes = Content.load(place.path, limit: Self.sizeLimit)?.bytes else {
            throw ReadingError(.noFile, "\(name) cannot be read")
        }
        guard !Self.isBinary(bytes) else { throw ReadingError(.noFile, "\(name) is no text (\(bytes.count) bytes)") }
        let numbered = NumberedLines(String(decoding: bytes, as: UTF8.self), redact: redact)
        guard numbered.count > 0 else { return "\(name) is empty" }
        let first = max(1, wanted?.lowerBound ?? 1)
        guard first <= numbered.count else {
            throw ReadingError(
                .question, "\(name) has only \(numbered.count) \(numbered.count == 1 ? "line" : "lines")")
        }
        let last = min(numbered.count, max(first, wanted?.upperBound ?? .max), first + (Self.lineCount - 1))
        let width = "\(last)".count
        let lines = numbered.lines.filter { (first...last).contains($0.number) }.map { number, text in
            let digits = "\(number)"
            return String(repeating: " ", count: width - digits.count) + digits + "  " + PlainLines.shown(text)
        }
        let isAll = first == 1 && last == numbered.count
        let which = isAll ? "" : ", lines \(first)-\(last) of \(numbered.count)"
        return (["\(name)\(which)"] + lines).joined(separator: "\n")
    }

    /// Whether there is a zero where text has none.
    static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8000).contains(0) }

    /// The files whose paths end in `typed`, at most eleven.
    private func files(called typed: String, in directory: String) async throws -> [[UInt8]] {
        guard !typed.hasPrefix("/"), !typed.hasPrefix("."), !typed.isEmpty else { return [] }
        let ending = Array("/\(typed)".utf8)
        var found: [[UInt8]] = []
        try await paths(in: directory) { path in
            if path.suffix(ending.count) == ending[...], !found.contains(path), exists(path, in: directory) {
                found.append(path)
            }
            return found.count <= 10
        }
        return found
    }

    func exists(_ path: [UInt8], in directory: String) -> Bool {
        FileStatus(at: Array("\(directory)/".utf8) + path)?.kind == .file
    }

    /// Hands the paths of the directory's files to `take` until that returns `false`.
    func paths(in directory: String, _ take: ([UInt8]) -> Bool) async throws {
        if try await withUsableCheckout(of: directory, { try await $0.paths(take) }) { return }
        for path in try walk(directory).paths where !take(path) { return }
    }

    /// Runs `body` with the repository; returns whether there is one that can be used.
    func withUsableCheckout(of directory: String, _ body: (Checkout) async throws -> Void) async throws -> Bool {
        do {
            return try await withCheckout(of: directory, body) != nil
        } catch let error as ChangeError where error.code == .repository {
            // Files are there all the same.
            return false
        }
    }

    /// The files of a directory in no repository, in order, and whether those are all of them: no links, nothing that
    /// builds leave, and not without end.
    func walk(_ directory: String) throws -> (paths: [[UInt8]], isWhole: Bool) {
        var paths: [[UInt8]] = []
        try DirectoryWalk(root: directory).run { path, status in
            if status.kind == .file { paths.append(path) }
            return paths.count < Self.walkedFiles
        }
        paths.sort { $0.lexicographicallyPrecedes($1) }
        return (paths, paths.count < Self.walkedFiles)
    }
}
