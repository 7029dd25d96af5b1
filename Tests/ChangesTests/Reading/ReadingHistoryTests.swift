import Changes
import Testing

/// Commits and branches.
@Suite(.timeLimit(.minutes(2))) struct ReadingHistoryTests {
    @Test func `the last commits are told, the latest first`() async throws {
        let playground = try await Playground.repository()
        for number in 2...4 {
            try playground.write("\(number)\n", to: "a.txt")
            try await playground.commit("change \(number) \u{1B}[31m s3cr3t-value")
        }
        let lines = try await playground.reader().commits(2, in: playground.work).answerLines
        #expect(lines.first == "branch main: the last 2 commits")
        #expect(lines.count == 3)
        #expect(lines[1].hasSuffix(" change 4 ␛[31m <redacted> (a)") && lines[2].contains(" change 3 "))
        let all = try await playground.reader().commits(100, in: playground.work).answerLines
        #expect(all.first == "branch main: the last 4 commits" && all.count == 5)
    }

    @Test func `a single commit is told with its files`() async throws {
        let playground = try await Playground.repository()
        let first = try await playground.reader().commits(1, in: playground.work).answerLines
        #expect(first.dropFirst(2) == ["  A .gitignore (+1 -0)", "  A a.txt (+3 -0)", "  A sub/b.txt (+1 -0)"])
        try await playground.git("mv", "a.txt", "c.txt")
        try await playground.commit("moved")
        let second = try await playground.reader().commits(1, in: playground.work).answerLines
        #expect(second.first == "branch main: the last commit")
        #expect(second.dropFirst(2) == ["  R a.txt -> c.txt (+0 -0)"])
    }

    @Test func `branches are told with the one that is checked out, and those of remotes`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("branch", "füllen/x")
        try await playground.git("update-ref", "refs/remotes/origin/main", "HEAD")
        try await playground.git("update-ref", "refs/remotes/origin/other", "HEAD")
        try await playground.git("config", "branch.main.remote", "origin")
        try await playground.git("config", "branch.main.merge", "refs/heads/main")
        try await playground.git("config", "remote.origin.url", "/nowhere")
        try await playground.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
        try await playground.git("commit", "-q", "--allow-empty", "-m", "ahead")
        let lines = try await playground.reader().branches(in: playground.work).answerLines
        #expect(lines.first == "branch main: 2 branches")
        #expect(lines.count == 4)
        #expect(lines.contains { $0.hasPrefix("* main ") && $0.hasSuffix(" ahead [origin/main: ahead 1]") })
        #expect(lines.contains { $0.hasPrefix("  füllen/x ") && $0.hasSuffix(" first") })
        #expect(lines.last == "  origin/other")
    }

    @Test func `many branches are counted`() async throws {
        let playground = try await Playground.repository()
        for number in 1...60 { try await playground.git("branch", "b\(number)") }
        let lines = try await playground.reader().branches(in: playground.work).answerLines
        #expect(lines.first == "branch main: 61 branches")
        #expect(lines.last == "[11 more branches left out]" && lines.count == 52)
    }
}
