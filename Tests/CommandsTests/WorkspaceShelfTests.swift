import Conversation
import Foundation
import Testing

@testable import Commands
@testable import TelegramFront

/// Files of others in a working directory in which anything may lie already.
@Suite struct WorkspaceShelfTests {
    private let place: String
    private let directory: String

    init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path(percentEncoded: false)
        place = base + "/cm-shelf-" + UUID().uuidString
        directory = place + "/project"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    private var inbox: String { directory + "/.cm/inbox" }
    private let name = ShelfName("notes.txt", message: 1, chat: 5, bot: 7)

    /// Keeps `pieces`, and fails after them with `failure`.
    private func keep(_ pieces: [String], failure: (any Error)? = nil) async throws -> ShelvedFile {
        let directory = directory
        return try await WorkspaceShelf { _ in directory }.keep(name, for: SessionID(rawValue: "tg:5:5")) { take in
            for piece in pieces { try take(Data(piece.utf8)) }
            if let failure { throw failure }
        }
    }

    private func mode(of path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private func names(in path: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: path))
    }

    private func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `a file is the user's alone and git passes over it`() async throws {
        defer { clean() }
        let kept = try await keep(["one ", "two"])
        #expect(kept == ShelvedFile(path: ".cm/inbox/7-5-1-notes.txt", size: 7))
        #expect(text(directory + "/" + kept.path) == "one two")
        let modes = try [mode(of: directory + "/" + kept.path), mode(of: inbox), mode(of: directory + "/.cm")]
        #expect(modes == [0o600, 0o700, 0o700])
        #expect(text(inbox + "/.gitignore") == "*\n")
        let all = try names(in: inbox)
        #expect(all == [".gitignore", "7-5-1-notes.txt"])
    }

    @Test func `what is kept stays as it is`() async throws {
        defer { clean() }
        _ = try await keep(["first"])
        let again = try await keep(["second, and longer"])
        #expect(again.size == 5 && text(inbox + "/7-5-1-notes.txt") == "first")
    }

    @Test func `what breaks off leaves nothing, and what a killed process left is in nobody's way`() async throws {
        defer { clean() }
        await #expect(throws: CancellationError.self) { try await keep(["half"], failure: CancellationError()) }
        let left = try names(in: inbox)
        #expect(left == [".gitignore"])
        try Data("left".utf8).write(to: URL(filePath: inbox + "/.part-7-5-1-notes.txt"))
        _ = try await keep(["whole"])
        let all = try names(in: inbox)
        #expect(all == [".gitignore", "7-5-1-notes.txt"] && text(inbox + "/7-5-1-notes.txt") == "whole")
    }

    @Test(arguments: [".cm", ".cm/inbox"])
    func `a link is never followed out of the directory`(link: String) async throws {
        defer { clean() }
        let outside = place + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        if link == ".cm/inbox" {
            try FileManager.default.createDirectory(atPath: directory + "/.cm", withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(atPath: directory + "/" + link, withDestinationPath: outside)
        let error = await #expect(throws: FileShelfError.self) { try await keep(["x"]) }
        #expect(error?.description == "\(link) is a link or a file, and not a folder of the working directory")
        let found = try names(in: outside)
        #expect(found.isEmpty)
    }

    @Test(arguments: ["7-5-1-notes.txt", ".part-7-5-1-notes.txt"])
    func `a link in the place of the file leads nowhere`(link: String) async throws {
        defer { clean() }
        let outside = place + "/outside.txt"
        try Data("theirs".utf8).write(to: URL(filePath: outside))
        try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: inbox + "/" + link, withDestinationPath: outside)
        if link.hasPrefix(".part") {
            _ = try await keep(["ours"])
            #expect(text(inbox + "/7-5-1-notes.txt") == "ours")
        } else {
            await #expect(throws: FileShelfError.self) { try await keep(["ours"]) }
        }
        #expect(text(outside) == "theirs")
    }

    @Test func `a directory that is not there is told`() async throws {
        clean()
        let error = await #expect(throws: FileShelfError.self) { try await keep(["x"]) }
        #expect(error?.description == "\(directory): No such file or directory")
    }

    /// What is left harms nobody.
    private func clean() { try? FileManager.default.removeItem(atPath: place) }
}
