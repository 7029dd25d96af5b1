extension DirectoryReader {
    /// Keeps git from running what the repository's configuration names.
    private static let quiet = ["-c", "core.fsmonitor=", "-c", "log.showSignature=false", "--no-pager"]

    func commits(_ count: Int, _ checkout: Checkout) async throws -> String {
        let place = try await place(of: checkout)
        guard let head = checkout.head else { return place }
        let format = "--format=tformat:%h%x00%cs%x00%an%x00%s"
        let fields = try await run(
            [
                "log", "-n\(count)", "-z", "--no-show-signature", "--no-color", "--no-notes", "--encoding=UTF-8",
                "--no-ext-diff", "--no-textconv", format, "--end-of-options", head,
            ], checkout
        ).fields.map { String(decoding: $0, as: UTF8.self) }
        var bounded = BoundedLines(lines: 200, characters: 30_000)
        let found = fields.count / 4
        for number in 0..<found {
            let (name, day, author, subject) =
                (fields[number * 4], fields[number * 4 + 1], fields[number * 4 + 2], fields[number * 4 + 3])
            bounded.add(line("\(name) \(day) \(subject) (\(author))", limit: 200))
        }
        if count == 1 {
            for file in try await checkout.files(of: head) { bounded.add("  " + line(file.description)) }
        }
        let heading = found == 1 ? "the last commit" : "the last \(found) commits"
        return bounded.text(under: "\(place): \(heading)")
    }

    func branches(_ checkout: Checkout) async throws -> String {
        let place = try await place(of: checkout)
        let parts = [
            "HEAD", "refname:lstrip=2", "upstream:lstrip=2", "upstream:track,nobracket", "committerdate:short",
        ]
        let format = parts.map { "%(\($0))%00" }.joined() + "%(contents:subject)"
        let local = try await run(
            ["for-each-ref", "--sort=-committerdate", "--format=\(format)", "refs/heads"], checkout)
        var bounded = BoundedLines(lines: 50, characters: 20_000)
        var upstreams: Set<String> = []
        for record in local.lines where !record.isEmpty {
            let fields = record.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6 else { continue }
            upstreams.insert(fields[2])
            let state = fields[3].isEmpty ? "" : ": \(fields[3])"
            let upstream = fields[2].isEmpty ? "" : " [\(fields[2])\(state)]"
            bounded.add(line("\(fields[0]) \(fields[1]) \(fields[4]) \(fields[5])\(upstream)", limit: 200))
        }
        let count = bounded.lines.count + bounded.left
        let remote = try await run(
            ["for-each-ref", "--sort=-committerdate", "--format=%(refname:lstrip=2)", "refs/remotes"], checkout)
        let others = remote.lines.filter { !$0.isEmpty && !$0.hasSuffix("/HEAD") && !upstreams.contains($0) }
        for other in others.prefix(20) { bounded.add(line("  \(other)")) }
        if others.count > 20 { bounded.add("[\(others.count - 20) more remote branches left out]") }
        let heading = "\(count) \(count == 1 ? "branch" : "branches")"
        return bounded.text(under: "\(place): \(heading)", left: ("branch", "branches"))
    }

    private func run(_ arguments: [String], _ checkout: Checkout) async throws -> Git.Outcome {
        guard let git else { throw ReadingError(.noRepository, "git is missing") }
        let outcome = try await git.run(Self.quiet + arguments, in: checkout.tree.top)
        guard outcome.isSuccess else { throw ReadingError.git(arguments[0], outcome) }
        return outcome
    }
}
