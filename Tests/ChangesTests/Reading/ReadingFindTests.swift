import Changes
import Foundation
import Testing

/// Where a text is, by git and without.
@Suite(.timeLimit(.minutes(2))) struct ReadingFindTests {
    @Test(arguments: ["git", nil])
    func `lines and names of files are found`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write("first\n  the Needle\nneedles\n", to: "sub/code.txt")
        try playground.write("x\n", to: "Needle list.md")
        let text = try await playground.reader(git: git).find("needle", in: playground.work)
        #expect(
            text.answerLines == [
                "“needle” is in 2 lines, 1 name of a file", "Needle list.md", "sub/code.txt:2: the Needle",
                "sub/code.txt:3: needles",
            ])
        let exact = try await playground.reader(git: git).find("Needle", in: playground.work).answerLines
        #expect(exact.dropFirst() == ["Needle list.md", "sub/code.txt:2: the Needle"])
    }

    @Test(arguments: ["git", nil])
    func `a text is no pattern and no option`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write("a.*b\naxxb\n--no-index\n-e\n$(touch x) 'y' \"z\"\nÄrger\n", to: "code.txt")
        let reader = playground.reader(git: git), work = playground.work
        for (text, line) in [("a.*b", 1), ("--no-index", 3), ("-e", 4), ("$(touch x) 'y' \"z\"", 5), ("Ärger", 6)] {
            let found = try await reader.find(text, in: work).answerLines
            #expect(found.count == 2 && found.last?.hasPrefix("code.txt:\(line): ") == true, "\(text): \(found)")
        }
        #expect(!FileManager.default.fileExists(atPath: playground.path("x")))
    }

    @Test(arguments: ["git", nil])
    func `what is binary, ignored by all, secret or outside is not looked into`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write(Data("needle\0".utf8), to: "binary.bin")
        try playground.write("needle\n", to: ".env")
        try playground.write("needle\n", to: ".git/needle.txt")
        try "needle".write(toFile: playground.base + "/outside.txt", atomically: true, encoding: .utf8)
        try playground.link("out.txt", to: "../outside.txt")
        try playground.link("up", to: "..")
        try playground.write("needle\n", to: "node_modules/x.js")
        try playground.write("node_modules\n", to: ".gitignore")
        let text = try await playground.reader(git: git).find("needle", in: playground.work)
        #expect(text == "“needle” is nowhere in the files")
    }

    @Test func `a folder that became a link is not followed out, though git knows files in it`() async throws {
        let playground = try await Playground.repository()
        try playground.write("x\n", to: "folder/out.txt")
        try await playground.git("add", ".")
        try playground.remove("folder")
        try FileManager.default.createDirectory(atPath: playground.base + "/out", withIntermediateDirectories: true)
        try "needle".write(toFile: playground.base + "/out/out.txt", atomically: true, encoding: .utf8)
        try playground.link("folder", to: "../out")
        let reader = playground.reader(), work = playground.work
        #expect(try await reader.find("needle", in: work) == "“needle” is nowhere in the files")
        #expect(try await !reader.diff(in: work).contains("needle"))
        let error = await failure { try await reader.file("out.txt", in: work) }
        #expect(error?.code == .refused)
    }

    @Test func `ignored files under version control, and new ones, are looked into`() async throws {
        let playground = try await Playground.repository()
        try playground.write("needle\n", to: "kept.log")
        try await playground.git("add", "-f", "kept.log")
        try playground.write("needle\n", to: "new.txt")
        try playground.write("needle\n", to: "dropped.log")
        let lines = try await playground.reader().find("needle", in: playground.work).answerLines
        #expect(lines.dropFirst() == ["kept.log:1: needle", "new.txt:1: needle"])
    }

    @Test(arguments: ["git", nil])
    func `no more than 50 places are told, and long lines are cut`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write((1...100).map { "needle \($0)\n" }.joined(), to: "a.txt")
        for number in 1...30 { try playground.write("x\n", to: "needle-\(number).txt") }
        let lines = try await playground.reader(git: git).find("needle", in: playground.work).answerLines
        #expect(lines.count == 52)
        #expect(lines.first == "“needle” is in 30 lines, 20 names of files")
        #expect(lines.last == "[there is more; only the first places are told]")
        try playground.write("wide " + String(repeating: "x", count: 1000) + "\n", to: "b.txt")
        let wide = try await playground.reader(git: git).find("wide", in: playground.work)
        #expect(wide.unicodeScalars.count < 500 && wide.hasSuffix("more characters]"))
    }

    @Test(arguments: ["git", nil])
    func `large files are named and not read`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write(String(repeating: "needle\n", count: 400_000), to: "large.txt")
        let text = try await playground.reader(git: git).find("needle", in: playground.work)
        #expect(text == "“needle” is nowhere in the files\n[too large to be looked through: large.txt]")
    }

    @Test(arguments: ["git", nil])
    func `names with line feeds and escapes are told on one line`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write("needle\n", to: "a\nb \u{1B}[31m.txt")
        let lines = try await playground.reader(git: git).find("needle", in: playground.work).answerLines
        #expect(lines.dropFirst() == [#""a\nb \033[31m.txt":1: needle"#])
    }

    @Test(arguments: ["git", nil])
    func `a secret is not found, and not told beside what is`(git: String?) async throws {
        let playground = try await Playground.repository()
        try playground.write("token s3cr3t-value\n", to: "a.txt")
        let reader = playground.reader(git: git), work = playground.work
        #expect(try await reader.find("token", in: work).hasSuffix("a.txt:1: token <redacted>"))
        let itself = try await reader.find("s3cr3t-value", in: work)
        #expect(itself == "“<redacted>” is nowhere in the files")
    }

    @Test func `without git files are told in their order`() async throws {
        let playground = try Playground()
        for name in ["b/z", "b/a", "c", "a", "a.d/x"] { try playground.write("needle\n", to: name) }
        let lines = try await playground.reader(git: nil).find("needle", in: playground.work).answerLines
        #expect(lines.dropFirst().map { $0.prefix { $0 != ":" } } == ["a", "a.d/x", "b/a", "b/z", "c"])
    }

    @Test(arguments: ["", "a\nb", "\u{1B}", String(repeating: "x", count: 201)])
    func `a text that is none is refused`(text: String) async throws {
        let playground = try Playground()
        let error = await failure { try await playground.reader(git: nil).find(text, in: playground.work) }
        #expect(error?.code == .question)
    }

    @Test func `a repository that git cannot use is searched all the same`() async throws {
        let playground = try await Playground.repository()
        try playground.write("broken", to: ".git/config")
        let text = try await playground.reader().find("inner", in: playground.work)
        #expect(text.hasSuffix("sub/b.txt:1: inner"))
    }

    @Test func `a repository inside is left to itself by git`() async throws {
        let playground = try await Playground.repository()
        try playground.write("needle\n", to: "inner/x.txt")
        try await playground.git("init", "-q", in: "inner")
        #expect(try await playground.reader().find("needle", in: playground.work) == "“needle” is nowhere in the files")
    }
}
