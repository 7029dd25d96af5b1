import Changes
import Foundation
import Testing

/// Files that are shown, and those that are not.
@Suite(.timeLimit(.minutes(2))) struct ReadingFilesTests {
    @Test func `a file is shown with the numbers of its lines`() async throws {
        let playground = try Playground()
        try playground.write("one\r\n\ttwo\n\u{1B}[2J\u{202E}three", to: "a b.txt")
        let text = try await playground.reader(git: nil).file("a b.txt", in: playground.work)
        #expect(text == "a b.txt\n1  one\n2  \ttwo\n3  ␛[2J\u{FFFD}three")
    }

    @Test(
        arguments: [
            (1...2, "a.txt, lines 1-2 of 1000", 2), (990...2000, "a.txt, lines 990-1000 of 1000", 11),
            (500...500, "a.txt, lines 500-500 of 1000", 1), (1...Int.max, "a.txt, lines 1-400 of 1000", 400),
            (200...1000, "a.txt, lines 200-599 of 1000", 400), (nil, "a.txt, lines 1-400 of 1000", 400),
            (Int.min...3, "a.txt, lines 1-3 of 1000", 3),
        ] as [(ClosedRange<Int>?, String, Int)])
    func `lines are shown as asked for, at most 400`(lines: ClosedRange<Int>?, heading: String, count: Int) async throws
    {
        let playground = try Playground()
        try playground.write((1...1000).map { "line \($0)\n" }.joined(), to: "a.txt")
        let shown = try await playground.reader(git: nil).file("a.txt", lines: lines, in: playground.work).answerLines
        #expect(shown.first == heading)
        #expect(shown.count == count + 1)
        let number = max(1, lines?.lowerBound ?? 1)
        #expect(shown[1].hasSuffix("\(number)  line \(number)"))
    }

    @Test func `lines that are not there, an empty file and a long line are told as such`() async throws {
        let playground = try Playground()
        try playground.write("x\n", to: "a.txt")
        try playground.write("", to: "empty.txt")
        try playground.write(String(repeating: "é", count: 1000), to: "long.txt")
        let reader = playground.reader(git: nil), work = playground.work
        let beyond = await failure { try await reader.file("a.txt", lines: 2...3, in: work) }
        #expect(beyond?.description == "a.txt has only 1 line")
        #expect(try await reader.file("empty.txt", in: work) == "empty.txt is empty")
        let long = try await reader.file("long.txt", in: work)
        #expect(long.hasSuffix("é [600 more characters]"))
    }

    @Test func `what is outside is refused, however it is written`() async throws {
        let playground = try Playground()
        try playground.write("x\n", to: "in/a.txt")
        try "outside".write(toFile: playground.base + "/secret.txt", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: playground.work + "-twin", withIntermediateDirectories: true)
        try "outside".write(toFile: playground.work + "-twin/x", atomically: true, encoding: .utf8)
        try playground.link("link.txt", to: "../secret.txt")
        try playground.link("absolute.txt", to: playground.base + "/secret.txt")
        try playground.link("folder", to: "..")
        try playground.link("loop", to: "loop")
        let reader = playground.reader(git: nil), work = playground.work
        for name in [
            "../secret.txt", "in/../../secret.txt", "/etc/passwd", playground.base + "/secret.txt", work + "-twin/x",
            "link.txt", "absolute.txt", "folder/secret.txt", "..", "/", "in/../../project/../secret.txt",
        ] {
            let error = await failure { try await reader.file(name, in: work) }
            #expect(error?.code == .refused, "\(name): \(String(describing: error))")
        }
        for name in ["in", ".", "", "missing.txt", "in/a.txt/b", "loop", "a\0b", String(repeating: "x", count: 5000)] {
            let error = await failure { try await reader.file(name, in: work) }
            #expect(error?.code == .noFile, "\(name): \(String(describing: error))")
            #expect(error?.description.contains("\0") == false)
        }
    }

    @Test func `links and paths that stay inside are followed`() async throws {
        let playground = try Playground()
        try playground.write("x\n", to: "in/a.txt")
        try playground.link("link.txt", to: "in/a.txt")
        let reader = playground.reader(git: nil), work = playground.work
        for name in ["in/a.txt", "./in//a.txt", "in/../in/a.txt", work + "/in/a.txt", "link.txt"] {
            #expect(try await reader.file(name, in: work).hasSuffix("\n1  x"))
        }
    }

    @Test(arguments: [".env", "sub/.env", ".ENV", ".env.local", ".envrc", "alias"])
    func `files of secrets are not shown, under no name`(name: String) async throws {
        let playground = try Playground()
        for file in [".env", "sub/.env", ".ENV", ".env.local", ".envrc"] {
            try playground.write("A=hidden\n", to: file)
        }
        try playground.link("alias", to: "sub/.env")
        let error = await failure { try await playground.reader(git: nil).file(name, in: playground.work) }
        #expect(error?.code == .refused)
        #expect(error?.description == "\(name) is a file of secrets, which are not shown")
    }

    @Test func `what is no text, or too large, or no file, is not shown`() async throws {
        let playground = try Playground()
        try playground.write(Data([65, 0, 66]), to: "logo.png")
        try playground.write(Data(repeating: 65, count: (4 << 20) + 1), to: "huge.txt")
        mkfifo(playground.path("pipe"), 0o600)
        let reader = playground.reader(git: nil), work = playground.work
        let binary = await failure { try await reader.file("logo.png", in: work) }
        #expect(binary?.description == "logo.png is no text (3 bytes)")
        let huge = await failure { try await reader.file("huge.txt", in: work) }
        #expect(huge?.description.hasPrefix("huge.txt is too large to be shown: 4194305 bytes") == true)
        let pipe = await failure { try await reader.file("pipe", in: work) }
        #expect(pipe?.description == "pipe is no regular file")
    }

    @Test func `secrets are taken out before lines are chosen or cut, and the numbers stay right`() async throws {
        let playground = try Playground()
        let key = "BEGIN\nline of a key\nanother one\nEND"
        try playground.write(
            "first\n\(key)\nafter\n" + String(repeating: "x", count: 395) + key + "\nlast\n", to: "a.txt")
        let reader = playground.reader(git: nil, secret: key)
        let whole = try await reader.file("a.txt", in: playground.work).answerLines
        #expect(whole[1...3] == [" 1  first", " 2  <redacted>", " 6  after"])
        #expect(whole.last == "11  last")
        #expect(!whole.joined().contains("of a key"))
        let part = try await reader.file("a.txt", lines: 3...4, in: playground.work)
        #expect(!part.contains("key") && !part.contains("another"))
    }

    @Test(arguments: ["git", nil])
    func `a name without its folder finds the only file of that name`(git: String?) async throws {
        let playground = try await Playground.repository()
        let reader = playground.reader(git: git), work = playground.work
        #expect(try await reader.file("b.txt", in: work) == "sub/b.txt\n1  inner")
        try playground.write("x\n", to: "other/b.txt")
        let several = await failure { try await reader.file("b.txt", in: work) }
        #expect(several?.code == .noFile)
        #expect(
            several?.description.contains("sub/b.txt") == true && several?.description.contains("other/b.txt") == true)
        let none = await failure { try await reader.file("c\u{1B}.txt", in: work) }
        #expect(none?.description == #"there is no file "c\033.txt" in the working directory"#)
    }
}
