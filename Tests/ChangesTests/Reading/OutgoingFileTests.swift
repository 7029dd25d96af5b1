import Changes
import Foundation
import Testing

@Suite struct OutgoingFileTests {
    private let playground: Playground

    init() throws { playground = try Playground() }

    /// Why the file is not let out; nil when it is.
    private func refusal(_ name: String) -> String? {
        do {
            _ = try OutgoingFile(name, in: playground.work)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a regular file of the directory is let out, by any of its names`() throws {
        try playground.write("text\n", to: "docs/a b.txt")
        for name in ["docs/a b.txt", "./docs/../docs/a b.txt", playground.path("docs/a b.txt")] {
            let file = try OutgoingFile(name, in: playground.work)
            #expect(file.name == "docs/a b.txt" && file.size == 5)
            #expect(try file.content().bytes == Array("text\n".utf8))
            #expect(file.path.hasSuffix("/project/docs/a b.txt"))
            let again = try OutgoingFile(again: file.path)
            #expect(again.size == 5)
        }
    }

    @Test func `what is outside, empty, too large or no file stays`() throws {
        try Data("theirs".utf8).write(to: URL(filePath: playground.base + "/outside.txt"))
        try FileManager.default.createSymbolicLink(
            atPath: playground.path("link.txt"), withDestinationPath: playground.base + "/outside.txt")
        try playground.write("", to: "empty")
        try playground.write("x", to: "large")
        #expect(truncate(playground.path("large"), 50 << 20 + 1) == 0)
        #expect(mkfifo(playground.path("pipe"), 0o600) == 0)
        #expect(refusal("../outside.txt")?.contains("outside of the working directory") == true)
        #expect(refusal(playground.base + "/outside.txt")?.contains("outside of the working directory") == true)
        #expect(refusal("link.txt")?.contains("leads out of the working directory") == true)
        #expect(refusal("empty") == "empty is empty")
        #expect(refusal("large")?.contains("too large to be sent") == true)
        #expect(refusal("pipe") == "pipe is no regular file")
        #expect(refusal(".")?.contains("is no regular file") == true)
        #expect(refusal("none") == "there is no file none in the working directory")
        #expect(truncate(playground.path("large"), 50 << 20) == 0)
        #expect(refusal("large") == nil)
    }

    @Test(arguments: [
        ".env", "sub/.ENV.local", ".envrc", "id_rsa", "tls/server.key", "cert.PEM", ".ssh/config", ".aws/credentials",
        ".netrc", ".git-credentials", ".npmrc",
    ])
    func `what holds keys by its name or place stays`(name: String) throws {
        try playground.write("secret", to: name)
        #expect(refusal(name)?.contains("secrets") == true)
        // Also by another name.
        try FileManager.default.createSymbolicLink(
            atPath: playground.path("harmless"), withDestinationPath: playground.path(name))
        #expect(refusal("harmless")?.contains("secrets") == true)
    }

    @Test(arguments: [
        ".git/config", "./.git/../.git/config", "sub/../.git/config", ".GIT/config", "libs/one/.git/hooks/x",
        "sub/git/config",
        "sub/link/config", "file-link", "other/config",
    ])
    func `what git keeps for itself stays, by whatever way, and the reason is told`(name: String) throws {
        for path in [".git/config", ".GIT/config", "libs/one/.git/hooks/x", "kept/config"] {
            try playground.write("url = https://ann:secret@example.com", to: path)
        }
        // A repository under another name, as `git init --separate-git-dir` makes it.
        for path in ["kept/HEAD", "kept/objects/x", "kept/refs/x", "sub/x"] { try playground.write("x", to: path) }
        for (link, target) in [
            ("sub/git", ".git"), ("sub/link", "kept"), ("file-link", ".git/config"), ("other", "libs/one/.git/hooks"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: playground.path(link), withDestinationPath: playground.path(target))
        }
        let refusal = refusal(name == "other/config" ? "other/x" : name)
        #expect(refusal?.contains("git's own files, which may hold secrets") == true)
    }

    @Test func `what only has to do with git by its name is let out`() throws {
        for path in [".gitignore", ".github/workflows/a.yml", "git/config", "docs/.git.md", "HEAD/x"] {
            try playground.write("text", to: path)
            #expect(refusal(path) == nil)
        }
    }

    @Test func `a folder of keys that is a link stays closed under its own name`() throws {
        try playground.write("text", to: "data/config")
        try FileManager.default.createSymbolicLink(
            atPath: playground.path(".ssh"), withDestinationPath: playground.path("data"))
        #expect(refusal(".ssh/config")?.contains("holds secrets by its name") == true)
        #expect(refusal("data/config") == nil)
    }

    @Test func `what has changed since is looked at again`() throws {
        try playground.write("text", to: "sub/a.txt")
        let file = try OutgoingFile("sub/a.txt", in: playground.work)
        try Data("theirs".utf8).write(to: URL(filePath: playground.base + "/a.txt"))
        try FileManager.default.removeItem(atPath: playground.path("sub"))
        #expect(throws: ReadingError.self) { try OutgoingFile(again: file.path) }
        try FileManager.default.createSymbolicLink(
            atPath: playground.path("sub"), withDestinationPath: playground.base)
        let error = #expect(throws: ReadingError.self) { try OutgoingFile(again: file.path) }
        #expect(error?.description.contains("leads elsewhere now") == true)
    }

    @Test func `what has zeros is no text`() throws {
        try playground.write("a\0b", to: "binary")
        try playground.write("plain", to: "plain")
        #expect(try !OutgoingFile("binary", in: playground.work).content().isText)
        #expect(try OutgoingFile("plain", in: playground.work).content().isText)
    }
}
