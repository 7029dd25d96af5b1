import Foundation
import Testing

@testable import REPL

@Suite struct FileCompletionTests {
    /// A directory that is gone when nobody holds it any more.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(path: "cm-files-\(UUID().uuidString)").path

        init(_ names: [String]) throws {
            for name in names {
                let file = URL(filePath: path + "/" + name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }  // nothing depends on it
    }

    private let names = [
        "README.md", "Sources/cm/main.swift", "Sources/cm/.hidden", "Sources/conversation.txt", ".git/HEAD", ".env",
        "a file", "tab\tbed", "Süß.md",
    ]

    @Test(arguments: [
        ("", ["README.md", "Sources/", "Süß.md"]), ("R", ["README.md"]), ("S", ["Sources/", "Süß.md"]),
        (".", [".env", ".git/"]), ("Sources/", ["Sources/cm/", "Sources/conversation.txt"]),
        ("Sources/cm/", ["Sources/cm/main.swift"]), ("Sources/cm/.", ["Sources/cm/.hidden"]), ("nothing", []),
        ("nowhere/x", []), ("a", []),
    ])
    func `files are found by the beginning of their path`(part: String, paths: [String]) throws {
        let folder = try Folder(names)
        #expect(FileCompletion(of: part, in: folder.path).paths == paths)
    }

    @Test func `no more than 200 are offered`() throws {
        let folder = try Folder((1...250).map { "file\($0)" })
        #expect(FileCompletion(of: "f", in: folder.path).paths.count == 200)
    }

    @Test(arguments: ["look at @Sour", "/steer look at @Sour", "@Sour", "two\nlines @Sour"])
    func `behind an @ files are offered anywhere`(line: String) throws {
        let folder = try Folder(names)
        let candidates = CommandCompletion(line: line, Vocabulary(), directory: folder.path).candidates
        #expect(candidates == [Completion(word: "@Sources/")])
    }

    @Test func `an @ within a word is none`() throws {
        let folder = try Folder(names)
        #expect(CommandCompletion(line: "ann@R", Vocabulary(), directory: folder.path).candidates.isEmpty)
    }
}
