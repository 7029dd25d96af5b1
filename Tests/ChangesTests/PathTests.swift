import Changes
import Foundation
import Testing

/// Names and kinds of files that are easily mistaken.
@Suite(.timeLimit(.minutes(2))) struct PathTests {
    private static let names = [
        "-rf", "two words", "line\nfeed", "quo\"te", "tab\tstop", "ünïcödé/日本語", "back\\slash", ":(top)x", "*",
        " edge ",
        "sp ace/[brackets]", "a -> b", "--",
    ]

    @Test(arguments: [true, false])
    func `any name will do, in a repository or not`(inRepository: Bool) async throws {
        let playground = inRepository ? try await Playground.repository() : try Playground()
        let report = try await playground.changes { for name in Self.names { try playground.write("x\n", to: name) } }
        #expect(report.files.map(\.path).sorted() == Self.names.sorted())
        #expect(report.lines.contains("A \"line\\nfeed\" (+1 -0)") && report.lines.contains("A \"a -> b\" (+1 -0)"))
        #expect(report.lines.contains("A ünïcödé/日本語 (+1 -0)"))
        let gone = try await playground.changes { for name in Self.names { try playground.remove(name) } }
        #expect(gone.files.count == Self.names.count && gone.files.allSatisfy { $0.kind == .deleted })
    }

    @Test(arguments: ["git", nil])
    func `a name that is no UTF-8 is told with a replacement`(git: String?) async throws {
        let playground = try Playground()
        let report = try await playground.changes(git: git) {
            let path = playground.work.utf8CString.dropLast() + [0x2F, 0x78, CChar(bitPattern: 0xFF), 0]
            let file = open(Array(path), O_WRONLY | O_CREAT, 0o600)
            try #require(file >= 0)
            close(file)
        }
        #expect(report.files.map(\.path) == ["x\u{FFFD}"])
    }

    @Test(arguments: ["git", nil])
    func `links are not followed, whatever they point at`(git: String?) async throws {
        let playground = try Playground()
        try playground.link("loop", to: "loop")
        try playground.link("up", to: "..")
        try playground.write("x\n", to: "file")
        let report = try await playground.changes(git: git) {
            try playground.link("new", to: "/etc")
            try playground.remove("up")
            try playground.link("up", to: ".")
        }
        #expect(report.files.map(\.path) == ["new", "up"])
        #expect(report.files.map(\.kind) == [.added, .modified])
    }

    @Test func `files, folders, links and pipes may take each other's place`() async throws {
        let playground = try await Playground.repository()
        try playground.write("x\n", to: "folder/x")
        try playground.write("x\n", to: "linked/x")
        try playground.write("x\n", to: "pipe")
        try await playground.commit("more")
        let report = try await playground.changes {
            try playground.remove("a.txt")
            try playground.write("y\n", to: "a.txt/y")
            try playground.remove("folder")
            try playground.write("z\n", to: "folder")
            try FileManager.default.moveItem(
                atPath: playground.path("linked"), toPath: playground.base + "/aside")
            try playground.link("linked", to: "../aside")
            try playground.remove("pipe")
            try #require(mkfifo(playground.path("pipe"), 0o600) == 0)
        }
        #expect(
            Set(report.files.map { "\($0.kind) \($0.path)" }) == [
                "deleted a.txt", "added a.txt/y", "added folder", "deleted folder/x", "added linked",
                "deleted linked/x",
                "deleted pipe",
            ])
    }

    @Test(.enabled(if: getuid() != 0, "to root everything is readable"), arguments: ["git", nil])
    func `what cannot be read stops nothing`(git: String?) async throws {
        let playground = try Playground()
        try playground.write("secret\n", to: "closed/x")
        try playground.write("secret\n", to: "file")
        chmod(playground.path("closed"), 0)
        chmod(playground.path("file"), 0)
        defer { chmod(playground.path("closed"), 0o700) }
        let report = try await playground.changes(git: git) { try playground.write("x\n", to: "open") }
        #expect(report.files.map(\.path) == ["open"])
    }

    @Test func `a file that git cannot convert is stood in for`() async throws {
        let playground = try await Playground.repository()
        try playground.write("*.u16 working-tree-encoding=UTF-16\n", to: ".gitattributes")
        try playground.write(Data([0xFF, 0xFE, 0x00, 0xD8]), to: "bad.u16")
        let report = try await playground.changes {
            try playground.write(Data([0xFF, 0xFE, 0x00, 0xD8, 0x00, 0xD8]), to: "bad.u16")
            try playground.write("x\n", to: "a.txt")
        }
        #expect(report.lines == ["M a.txt (+1 -3)", "M bad.u16 (binary)"])
    }
}
