import Changes
import Foundation
import Testing

/// What is told of a repository that is not as in its last commit.
@Suite(.timeLimit(.minutes(2))) struct ReadingChangesTests {
    @Test func `files are told with what happened to them, and how many lines`() async throws {
        let playground = try await Playground.repository()
        try playground.write("one\n2\nthree\nfour\n", to: "a.txt")
        try playground.write("new\n", to: "staged.txt")
        try await playground.git("add", "staged.txt")
        try playground.write("new\n", to: "folder/new.txt")
        try playground.remove("sub/b.txt")
        let lines = try await playground.reader().changes(in: playground.work).answerLines
        #expect(lines.first == "branch main: 4 files changed, 1 staged, 1 not in git yet")
        #expect(
            Set(lines.dropFirst()) == [
                "M a.txt (+2 -1)", "A staged.txt (+1 -0) staged", "? folder/", "D sub/b.txt (+0 -1)",
            ])
    }

    @Test func `a clean repository is one line`() async throws {
        let playground = try await Playground.repository()
        let nothing = "branch main: nothing changed since the last commit"
        #expect(try await playground.reader().changes(in: playground.work) == nothing)
        #expect(try await playground.reader().diff(in: playground.work) == nothing)
    }

    @Test func `renames, blanks, line feeds and other letters in names are told on one line each`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("mv", "a.txt", "ä b.txt")
        try playground.write("x\n", to: "line\nfeed \u{1B}[2J.txt")
        let lines = try await playground.reader().changes(in: playground.work).answerLines
        #expect(
            lines == [
                "branch main: 2 files changed, 1 staged, 1 not in git yet", "R a.txt -> ä b.txt (+0 -0) staged",
                #"? "line\nfeed \033[2J.txt""#,
            ])
    }

    @Test func `a folder of a repository is told alone`() async throws {
        let playground = try await Playground.repository()
        try playground.write("x\n", to: "a.txt")
        try playground.write("x\n", to: "sub/b.txt")
        try playground.write("x\n", to: "sub/c.txt")
        let reader = playground.reader()
        let lines = try await reader.changes(in: playground.path("sub")).answerLines
        #expect(lines.dropFirst() == ["M b.txt (+1 -1)", "? c.txt"])
        let diff = try await reader.diff(in: playground.path("sub"))
        #expect(diff.contains("+++ b/b.txt") && !diff.contains("a.txt"))
        #expect(diff.hasSuffix("[not in git yet, and not shown: c.txt]"))
    }

    @Test func `the difference is that from the last commit, staged or not`() async throws {
        let playground = try await Playground.repository()
        try playground.write("one\nTWO\nthree\n", to: "a.txt")
        try await playground.git("add", "a.txt")
        try playground.write("one\nTWO\nTHREE\n", to: "a.txt")
        let diff = try await playground.reader().diff(in: playground.work)
        #expect(diff.hasPrefix("branch main: the difference from the last commit\ndiff --git a/a.txt b/a.txt\n"))
        #expect(diff.contains("\n-two\n-three\n+TWO\n+THREE"))
    }

    @Test func `before the first commit everything is new`() async throws {
        let playground = try Playground()
        try await playground.git("init", "-q", "-b", "main")
        let reader = playground.reader()
        let empty = try await reader.changes(in: playground.work)
        #expect(empty == "branch main, no commit yet: nothing changed since the last commit")
        try playground.write("x\n", to: "a.txt")
        try await playground.git("add", "a.txt")
        try playground.write("x\n", to: "b.txt")
        let lines = try await reader.changes(in: playground.work).answerLines
        #expect(lines.dropFirst() == ["A a.txt (+1 -0) staged", "? b.txt"])
        #expect(try await reader.diff(in: playground.work).contains("\n+x"))
        #expect(try await reader.commits(5, in: playground.work) == "branch main, no commit yet")
        #expect(try await reader.branches(in: playground.work) == "branch main, no commit yet: 0 branches")
    }

    @Test func `a conflict and the merge it comes from are told`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("checkout", "-q", "-b", "other")
        try playground.write("theirs\n", to: "a.txt")
        try await playground.commit("theirs")
        try await playground.git("checkout", "-q", "main")
        try playground.write("ours\n", to: "a.txt")
        try await playground.commit("ours")
        try await playground.git("merge", "-q", "other", fails: true)
        let lines = try await playground.reader().changes(in: playground.work).answerLines
        #expect(lines == ["branch main, merging: 1 file changed, 1 in conflict", "U a.txt (conflict)"])
        #expect(try await playground.reader().diff(in: playground.work).contains("+theirs"))
    }

    @Test func `without a branch the commit is told`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("checkout", "-q", "--detach")
        let head = try await playground.git("rev-parse", "HEAD")
        let text = try await playground.reader().changes(in: playground.work)
        #expect(text == "no branch (at \(head.prefix(10))): nothing changed since the last commit")
    }

    @Test func `a repository with long names of objects is read as well`() async throws {
        let playground = try Playground()
        try await playground.git("init", "-q", "-b", "main", "--object-format=sha256")
        try playground.write("x\n", to: "a.txt")
        try await playground.git("add", ".")
        let reader = playground.reader()
        #expect(try await reader.diff(in: playground.work).contains("\n+x"))
        try await playground.commit("first")
        try playground.write("y\n", to: "a.txt")
        #expect(try await reader.changes(in: playground.work).hasSuffix("\nM a.txt (+1 -1)"))
        #expect(try await reader.commits(1, in: playground.work).hasSuffix("\n  A a.txt (+1 -0)"))
    }

    @Test func `a linked worktree is read with its own branch and its own state`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("worktree", "add", "-q", "-b", "side", "../side")
        let side = playground.base + "/side"
        try "x\n".write(toFile: side + "/a.txt", atomically: true, encoding: .utf8)
        let text = try await playground.reader().changes(in: side)
        #expect(text == "branch side: 1 file changed\nM a.txt (+1 -3)")
        let main = try await playground.reader().changes(in: playground.work)
        #expect(main == "branch main: nothing changed since the last commit")
    }

    @Test func `a repository inside is not gone into`() async throws {
        let playground = try await Playground.repository()
        try playground.write("x\n", to: "inner/x.txt")
        try await playground.git("init", "-q", in: "inner")
        let lines = try await playground.reader().changes(in: playground.work).answerLines
        #expect(lines.dropFirst() == ["? inner/"])
    }

    @Test func `a binary file is named in a difference`() async throws {
        let playground = try await Playground.repository()
        try playground.write(Data([0, 1, 2, 255]), to: "logo.png")
        try await playground.git("add", ".")
        #expect(try await playground.reader().changes(in: playground.work).contains("A logo.png (binary) staged"))
        #expect(try await playground.reader().diff(in: playground.work).contains("Binary files"))
    }

    @Test func `a long difference is cut by lines, by characters, and inside of a line, and says so`() async throws {
        let playground = try await Playground.repository()
        try playground.write((1...1000).map { "line \($0)\n" }.joined(), to: "a.txt")
        let reader = playground.reader()
        let long = try await reader.diff(in: playground.work).answerLines
        #expect(long.count == 402)
        #expect(long.last?.hasSuffix("more lines left out]") == true)
        try playground.write((1...300).map { _ in String(repeating: "é", count: 390) + "\n" }.joined(), to: "a.txt")
        #expect(try await reader.diff(in: playground.work).unicodeScalars.count < 31_000)
        try playground.write(String(repeating: "x", count: 3 << 20) + "\n", to: "a.txt")
        let wide = try await reader.diff(in: playground.work)
        #expect(wide.unicodeScalars.count < 3000 && wide.contains("[the diff is longer than 2 MB"))
    }

    @Test func `secrets do not appear, whole or cut, nor files of them`() async throws {
        let playground = try await Playground.repository()
        try playground.write("KEY=1\n", to: ".env")
        try playground.write("KEY=1\n", to: "sub/.env.local")
        try await playground.commit("with settings")
        try playground.write("KEY=hidden\n", to: ".env")
        try playground.write("KEY=hidden\n", to: "sub/.env.local")
        try playground.write(String(repeating: "x", count: 395) + "s3cr3t-value\n", to: "a.txt")
        let text = try await playground.reader().diff(in: playground.work)
        #expect(!text.contains("hidden") && !text.contains("s3cr3") && text.contains("<red"))
        #expect(text.contains("[.env changed, too; it is a file of secrets]"))
        #expect(text.contains("[sub/.env.local changed, too; it is a file of secrets]"))
    }

    @Test func `no program that a configuration names is run, and nothing in the repository changes`() async throws {
        let playground = try await Playground.repository()
        let trap = playground.base + "/trap", sprung = playground.base + "/sprung"
        try "#!/bin/sh\necho \"$0 $@\" >> '\(sprung)'\ncat\n".write(toFile: trap, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: trap)
        try FileManager.default.createDirectory(
            atPath: playground.path(".git/hooks"), withIntermediateDirectories: true)
        for hook in ["post-index-change", "reference-transaction"] {
            try playground.link(".git/hooks/\(hook)", to: trap)
        }
        try playground.write("*.txt filter=f diff=f\n", to: ".gitattributes")
        for key in [
            "core.fsmonitor", "core.pager", "filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.f.textconv",
            "diff.f.command", "diff.external", "core.sshCommand", "gpg.program", "pager.log", "core.editor",
        ] { try await playground.git("config", key, trap) }
        try await playground.git("config", "log.showSignature", "true")
        try playground.write("needle\n", to: "a.txt")
        let before = try playground.state(of: playground.path(".git"))
        let reader = playground.reader(), work = playground.work
        let texts = [
            try await reader.changes(in: work), try await reader.diff(in: work), try await reader.branches(in: work),
            try await reader.commits(3, in: work), try await reader.commits(1, in: work),
            try await reader.find("needle", in: work), try await reader.file("b.txt", in: work),
        ]
        #expect(texts[5].contains("a.txt:1: needle") && texts[1].contains("+needle"))
        #expect(!FileManager.default.fileExists(atPath: sprung))
        #expect(try playground.state(of: playground.path(".git")) == before)
        let left = try FileManager.default.contentsOfDirectory(atPath: playground.base + "/storage/scratch")
        #expect(left == [])
    }

    @Test func `without git, or a repository, it is said what is missing`() async throws {
        let playground = try Playground()
        let work = playground.work
        let missing = await failure { try await playground.reader(git: nil).diff(in: work) }
        #expect(missing?.code == .noRepository)
        #expect(missing?.description.hasPrefix("git was not found in PATH") == true)
        let none = await failure { try await playground.reader().branches(in: work) }
        #expect(none?.code == .noRepository)
        #expect(none?.description == "\(work) is in no git repository, or one that ignores it")
    }

    @Test func `cancelling ends a question`() async throws {
        let playground = try await Playground.repository()
        let reader = playground.reader(), work = playground.work
        let isCancelled = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    while true { _ = try await reader.changes(in: work) }
                } catch {
                    return error is CancellationError
                }
            }
            group.cancelAll()
            return await group.next() ?? false
        }
        #expect(isCancelled)
    }

    @Test func `a question ends when its time is over`() async throws {
        let playground = try await Playground.repository()
        // A git that never ends, which is ended with the question.
        let slow = playground.base + "/git"
        try "#!/bin/sh\nexec sleep 1000\n".write(toFile: slow, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: slow)
        var reader = playground.reader(git: slow)
        reader.timeLimit = .milliseconds(50)
        let error = await failure { [reader] in try await reader.changes(in: playground.work) }
        #expect(error?.code == .timedOut)
    }
}
