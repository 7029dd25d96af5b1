import Changes
import Foundation
import Processes
import Testing

/// What is told of a directory in no repository, and without git.
@Suite(.timeLimit(.minutes(2))) struct PlainDirectoryTests {
    @Test func `diffs come there too, and folders of builds are left out`() async throws {
        let playground = try Playground()
        try playground.write("one\n", to: "a.txt")
        let report = try await playground.changes {
            try playground.write("two\n", to: "a.txt")
            for folder in ["node_modules", "sub/target", ".build"] { try playground.write("x\n", to: "\(folder)/x") }
        }
        #expect(report.lines == ["M a.txt (+1 -1)"])
        #expect(report.text.contains("-one\n+two\n"))
        let again = try await playground.changes { try playground.write("six\n", to: "a.txt") }
        #expect(again.text.contains("-two\n+six\n"))
    }

    @Test func `large files are compared by size and time`() async throws {
        let playground = try Playground()
        try playground.write(Data(repeating: 65, count: 2 << 20), to: "large")
        #expect(try await playground.changes {}.isEmpty)
        let report = try await playground.changes {
            try playground.write(Data(repeating: 66, count: 2 << 20), to: "large")
        }
        #expect(report.lines == ["M large (binary)"])
    }

    @Test func `a repository made in between does not matter, nor does one removed`() async throws {
        let playground = try Playground()
        try playground.write("one\n", to: "a.txt")
        let made = try await playground.changes {
            try await playground.git("init", "-q")
            try await playground.commit("first")
            try playground.write("two\n", to: "a.txt")
        }
        #expect(made.lines == ["M a.txt (+1 -1)"])
        let removed = try await playground.changes {
            try playground.remove(".git")
            try playground.write("three\n", to: "b.txt")
        }
        #expect(removed.files.map(\.path) == ["b.txt"])
        #expect(removed.text.contains("in none any more"))
    }

    @Test func `files whose old contents went with their repository are named`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes {
            try playground.remove(".git")
            try playground.write("three\n", to: "a.txt")
        }
        #expect(report.lines == ["M a.txt"])
        #expect(report.text.contains("Contents are not shown") && report.isTruncated)
    }

    @Test func `without git, names are told, and that git is missing`() async throws {
        let playground = try Playground()
        try playground.write("one\n", to: "a.txt")
        try playground.write("gone\n", to: "sub/gone")
        try playground.write("same\n", to: "same")
        let report = try await playground.changes(git: nil) {
            try playground.write("two\n", to: "a.txt")
            try playground.remove("sub/gone")
            try playground.write("new\n", to: "sub/new")
            try playground.write("same\n", to: "same")
            try playground.write("x\n", to: "node_modules/x")
        }
        #expect(report.lines == ["M a.txt", "D sub/gone", "A sub/new"])
        #expect(report.text.contains("git is not installed") && report.isTruncated)
    }

    @Test func `a directory of very many files is only listed`() async throws {
        let playground = try Playground()
        for number in 0..<20 { try playground.write("x\n", to: "\(number)") }
        var tracker = playground.tracker()
        tracker.keptFiles = 10
        let before = try await tracker.snapshot(of: playground.work)
        try playground.write("y\n", to: "7")
        let report = try await tracker.changes(in: playground.work, since: before, limit: 4096)
        #expect(report.lines == ["M 7"] && report.text.contains("too many files"))
    }

    @Test func `a git that is not there is an error, and so is one that went`() async throws {
        let playground = try Playground()
        await #expect(throws: ChildProcessError.self) {
            _ = try await playground.tracker(git: "/nowhere/git").snapshot(of: playground.work)
        }
        let before = try await playground.tracker().snapshot(of: playground.work)
        let error = try await #require(throws: ChangeError.self) {
            _ = try await playground.tracker(git: nil).changes(in: playground.work, since: before, limit: 4096)
        }
        #expect(error.code == .snapshot && error.description.contains("git"))
    }

    @Test(arguments: ["git", nil])
    func `a directory that is not there is an error`(git: String?) async throws {
        let playground = try Playground()
        await #expect(throws: (any Error).self) {
            _ = try await playground.tracker(git: git).snapshot(of: playground.path("nowhere"))
        }
    }
}
