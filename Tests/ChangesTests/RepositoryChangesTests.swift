import Changes
import Foundation
import Testing

/// What is told of a directory in a git repository.
@Suite(.timeLimit(.minutes(2))) struct RepositoryChangesTests {
    @Test func `without a change there is nothing to tell`() async throws {
        let report = try await Playground.repository().changes {}
        #expect(report.isEmpty && report.text == "No file changed.\n" && !report.isTruncated)
    }

    @Test func `modified, new and deleted files come with their diffs, ignored ones not at all`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes {
            try playground.write("one\n2\nthree\n", to: "a.txt")
            try playground.write("fresh\n", to: "new.txt")
            try playground.write("noise\n", to: "x.log")
            try playground.remove("sub/b.txt")
        }
        #expect(report.lines == ["M a.txt (+1 -1)", "A new.txt (+1 -0)", "D sub/b.txt (+0 -1)"])
        #expect(report.text.hasPrefix("3 files changed: 1 added, 1 modified, 1 deleted.\nM a.txt (+1 -1)\n"))
        #expect(report.text.contains("-two\n+2\n") && report.text.contains("+fresh\n"))
        #expect(!report.isTruncated)
    }

    @Test func `what was uncommitted before is no change, and a commit does not hide one`() async throws {
        let playground = try await Playground.repository()
        try playground.write("dirty\n", to: "a.txt")
        try playground.write("staged\n", to: "s.txt")
        try await playground.git("add", "s.txt")
        try playground.write("untracked\n", to: "u.txt")
        let report = try await playground.changes {
            try playground.write("inner\nmore\n", to: "sub/b.txt")
            try await playground.commit("all of it")
        }
        #expect(report.lines == ["M sub/b.txt (+1 -0)"])
    }

    @Test func `a renamed file is one change`() async throws {
        let playground = try await Playground.repository()
        try playground.write((0..<20).map { "line \($0)\n" }.joined(), to: "long.txt")
        let report = try await playground.changes {
            try playground.remove("long.txt")
            try playground.write((0..<21).map { "line \($0)\n" }.joined(), to: "moved.txt")
        }
        #expect(report.lines == ["R long.txt -> moved.txt (+1 -0)"])
    }

    @Test func `a binary file is only named`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes { try playground.write(Data([0, 1, 2, 0]), to: "logo.png") }
        #expect(report.lines == ["A logo.png (binary)"])
        #expect(report.text.contains("Binary files /dev/null and b/logo.png differ"))
    }

    @Test func `a huge file is not read, and a change of it is seen`() async throws {
        let playground = try await Playground.repository()
        try playground.write(Data(repeating: 65, count: 9 << 20), to: "huge.txt")
        let report = try await playground.changes {
            let file = try #require(FileHandle(forWritingAtPath: playground.path("huge.txt")))
            try file.seekToEnd()
            try file.write(contentsOf: Data([66]))
            try file.close()
        }
        #expect(report.lines == ["M huge.txt (binary)"])
        let (count, size) = try FileManager.default.subpathsOfDirectory(atPath: playground.base + "/storage")
            .map { playground.base + "/storage/" + $0 }.reduce((0, 0)) { sum, path in
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
                return (sum.0 + 1, sum.1 + size)
            }
        #expect(count > 0 && size < 1 << 20)
    }

    @Test func `an executable bit is a change, a touched file is none`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: playground.path("a.txt"))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: playground.path("sub/b.txt"))
        }
        #expect(report.lines == ["M a.txt (+0 -0)"])
        #expect(report.text.contains("new mode 100755"))
    }

    @Test func `the deletion of everything is told`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes {
            for name in ["a.txt", "sub", ".gitignore"] { try playground.remove(name) }
        }
        #expect(report.lines == ["D .gitignore (+0 -1)", "D a.txt (+0 -3)", "D sub/b.txt (+0 -1)"])
    }

    @Test func `a repository without commits, and without files, will do`() async throws {
        let playground = try Playground()
        try await playground.git("init", "-q")
        let report = try await playground.changes {
            try playground.write("x\n", to: "x")
            try await playground.commit("first")
        }
        #expect(report.lines == ["A x (+1 -0)"])
    }

    @Test func `of a subdirectory only its own part is told`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes(in: playground.path("sub")) {
            try playground.write("changed\n", to: "a.txt")
            try playground.write("changed\n", to: "sub/b.txt")
            try playground.write("new\n", to: "sub/deep/c.txt")
        }
        #expect(report.lines == ["M b.txt (+1 -1)", "A deep/c.txt (+1 -0)"])
        let emptied = try await playground.changes(in: playground.path("sub")) {
            for name in ["sub/b.txt", "sub/deep"] { try playground.remove(name) }
        }
        #expect(emptied.lines == ["D b.txt (+0 -1)", "D deep/c.txt (+0 -1)"])
    }

    @Test func `a directory that the repository ignores is told of nevertheless`() async throws {
        let playground = try await Playground.repository()
        try playground.write("scratch/\n", to: ".gitignore")
        try playground.write("a\n", to: "scratch/a")
        let report = try await playground.changes(in: playground.path("scratch")) {
            try playground.write("b\n", to: "scratch/a")
        }
        #expect(report.lines == ["M a (+1 -1)"])
    }

    @Test func `a linked worktree has its own changes`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("worktree", "add", "-q", "../linked")
        let linked = playground.base + "/linked"
        let report = try await playground.changes(in: linked) {
            try playground.write("elsewhere\n", to: "a.txt")
            try playground.write("here\n", to: "../linked/a.txt")
        }
        #expect(report.lines == ["M a.txt (+1 -3)"])
    }

    @Test func `a repository that borrows its objects from another will do`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("clone", "-q", "--shared", ".", "../borrower")
        let report = try await playground.changes(in: playground.base + "/borrower") {
            try playground.write("here\n", to: "../borrower/a.txt")
        }
        #expect(report.lines == ["M a.txt (+1 -3)"])
        #expect(report.text.contains("-two\n"))
    }

    @Test func `files in conflict are compared as they lie there`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("checkout", "-q", "-b", "other")
        try playground.write("theirs\n", to: "a.txt")
        try playground.remove("sub/b.txt")
        try await playground.commit("theirs")
        try await playground.git("checkout", "-q", "main")
        try playground.write("ours\n", to: "a.txt")
        try playground.write("changed\n", to: "sub/b.txt")
        try await playground.commit("ours")
        try await playground.git("merge", "other", fails: true)
        let unchanged = try await playground.changes {}
        #expect(unchanged.isEmpty)
        let report = try await playground.changes { try playground.write("both\n", to: "a.txt") }
        #expect(report.lines == ["M a.txt (+1 -5)"])
        #expect(report.text.contains("-<<<<<<< HEAD\n"))
    }

    @Test func `line ends are converted as the repository wants`() async throws {
        let playground = try await Playground.repository()
        try playground.write("kept\r\nas it\r\nis\r\n", to: "crlf.txt")
        try await playground.commit("with CRLF")
        try playground.write("* text=auto eol=crlf\n", to: ".gitattributes")
        try playground.write("one\r\ntwo\r\nthree\r\n", to: "a.txt")
        let report = try await playground.changes {
            try playground.write("one\r\n2\r\nthree\r\n", to: "a.txt")
            try playground.write("kept\r\nas it\r\nwas\r\n", to: "crlf.txt")
            try playground.write("inner\r\n", to: "sub/b.txt")
        }
        #expect(report.lines == ["M a.txt (+1 -1)", "M crlf.txt (+1 -1)"])
    }

    @Test func `files that a sparse checkout leaves out are not deleted`() async throws {
        let playground = try await Playground.repository()
        try playground.write("x\n", to: "other/deep/x")
        try await playground.commit("more")
        try await playground.git("sparse-checkout", "init", "--cone", "--sparse-index")
        try await playground.git("sparse-checkout", "set", "sub")
        #expect(!FileManager.default.fileExists(atPath: playground.path("other")))
        let report = try await playground.changes { try playground.write("y\n", to: "sub/b.txt") }
        #expect(report.lines == ["M sub/b.txt (+1 -1)"])
    }

    @Test func `a repository with the longer object names will do`() async throws {
        let playground = try Playground()
        try await playground.git("init", "-q", "--object-format=sha256")
        try playground.write("x\n", to: "x")
        try await playground.commit("first")
        let report = try await playground.changes {
            try playground.write("y\n", to: "x")
            try playground.write("z\n", to: "z")
        }
        #expect(report.lines == ["M x (+1 -1)", "A z (+1 -0)"])
    }

    @Test func `what the user ignores everywhere or in this clone is ignored`() async throws {
        let playground = try await Playground.repository()
        try "*.everywhere\n".write(toFile: playground.base + "/ignore", atomically: true, encoding: .utf8)
        try await playground.git("config", "core.excludesFile", playground.base + "/ignore")
        try playground.write("*.clone\n", to: ".git/info/exclude")
        let report = try await playground.changes {
            for name in ["x.everywhere", "x.clone", "x.log", "x"] { try playground.write("x\n", to: name) }
        }
        #expect(report.lines == ["A x (+1 -0)"])
    }

    @Test func `a split index is read`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("update-index", "--split-index")
        try playground.write("x\n", to: "x")
        try await playground.git("add", "x")
        let report = try await playground.changes { try playground.write("y\n", to: "a.txt") }
        #expect(report.lines == ["M a.txt (+1 -3)"])
    }

    @Test func `a change of the same size in the same moment is seen`() async throws {
        let playground = try await Playground.repository()
        for round in 0..<5 {
            let report = try await playground.changes { try playground.write("ROUND\(round)\n", to: "a.txt") }
            #expect(report.files.map(\.path) == ["a.txt"])
            try await playground.git("add", "a.txt")
        }
    }

    @Test func `a repository that git cannot use is an error in its words`() async throws {
        let playground = try await Playground.repository()
        try playground.write("nonsense", to: ".git/HEAD")
        let error = try await #require(throws: ChangeError.self) {
            _ = try await playground.tracker().snapshot(of: playground.work)
        }
        #expect(error.code == .repository && error.description.contains("not a git repository"))
        let damaged = try await Playground.repository()
        try damaged.write("nonsense", to: ".git/index")
        let other = try await #require(throws: ChangeError.self) {
            _ = try await damaged.tracker().snapshot(of: damaged.work)
        }
        #expect(other.description.contains("index"))
    }
}
