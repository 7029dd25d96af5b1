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
