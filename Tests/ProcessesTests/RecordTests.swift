import Foundation
import Testing

@testable import Processes

/// What is written about children, and read by others.
@Suite(.timeLimit(.minutes(1))) struct RecordTests {
    private static let content = RecordFile.Content(
        owner: "codex", core: ProcessIdentity(pid: 1, startTime: 2, boot: "b"), startedAt: 3)

    @Test func `what is recorded is read, with all that was added`() throws {
        let unruliness = try Unruliness()
        defer { unruliness.remove() }
        let file = RecordFile(path: unruliness.folder + "/record")
        #expect(file.read() == nil)
        try file.create(Self.content)
        #expect(file.read() == Self.content)
        let program = ProcessIdentity(pid: 4, startTime: 5, boot: "b c")
        try file.append("program \(program)")
        try file.append("failed 2")
        var expected = Self.content
        expected.program = program
        expected.failure = 2
        #expect(file.read() == expected)
        file.remove()
        #expect(file.read() == nil)
    }

    @Test func `a line without its end is not read, nor is one that is unknown`() throws {
        let unruliness = try Unruliness()
        defer { unruliness.remove() }
        let file = RecordFile(path: unruliness.folder + "/record")
        try file.create(Self.content)
        let text = try #require(FileManager.default.contents(atPath: file.path))
        try (text + Data("other thing\nprogram 4:5@".utf8)).write(to: URL(filePath: file.path))
        #expect(file.read() == Self.content)
        for count in 0..<text.count {
            try text[..<count].write(to: URL(filePath: file.path))
            let part = file.read()
            #expect(part == nil || part?.core == Self.content.core)
        }
    }

    @Test func `an owner's name cannot pass for another line`() throws {
        let unruliness = try Unruliness()
        defer { unruliness.remove() }
        let file = RecordFile(path: unruliness.folder + "/record")
        var content = Self.content
        content.owner = "a\nprogram 4:5@b"
        try file.create(content)
        #expect(file.read()?.program == nil)
        #expect(file.read()?.owner == "a program 4:5@b")
    }

    @Test func `a record that is gone is not written anew`() throws {
        let unruliness = try Unruliness()
        defer { unruliness.remove() }
        let file = RecordFile(path: unruliness.folder + "/record")
        let error = #expect(throws: SystemFailure.self) { try file.append("program 4:5@b") }
        #expect(error?.number == ENOENT)
        #expect(file.read() == nil)
    }

    @Test func `records are the user's alone, tell of the children, and go with them`() async throws {
        let unruliness = try Unruliness()
        defer { unruliness.remove() }
        var child = unruliness.child([.leavesSession, .losesParent])
        child.owner = "codex"
        #expect(unruliness.custody().children() == [])
        try await child.run { child in
            try await child.isReady()
            let attributes = FileManager.default.attributesOfItem
            let directory = try attributes(unruliness.records)[.posixPermissions] as? Int
            #expect(directory == 0o700)
            let name = try #require(unruliness.recordNames.first)
            let file = try attributes(unruliness.records + "/" + name)[.posixPermissions] as? Int
            #expect(file == 0o600 && unruliness.recordNames.count == 1)

            let record = try #require(unruliness.custody().children().first)
            #expect(record.owner == "codex" && record.pid == child.pid && record.marker == name)
            #expect(record.corePID == getpid() && record.isCoreRunning)
            #expect(record.age < .seconds(60))
            #if os(Linux)
                // With the guard; what lost its parent is found by its marker.
                #expect(record.guardPID == getpgid(child.pid))
                #expect(record.processCount == 4)
                #expect(record.residentBytes > 1 << 20)
            #endif
        }
        #expect(unruliness.recordNames == [] && unruliness.custody().children() == [])
    }

    @Test func `a child that cannot be recorded is not started`() async throws {
        let unruliness = try Unruliness()
        defer { unruliness.remove() }
        var child = unruliness.child([])
        child.custody = Custody(workspace: unruliness.workspace, directory: unruliness.folder + "/no/place")
        let error = await #expect(throws: ChildProcessError.self) { try await child.run { _ in } }
        #expect(error?.code == .notRecorded && error?.errno == ENOENT)
        #expect(error?.description.contains("a record in \(unruliness.folder)/no/place could not be written") == true)
        #expect(unruliness.identities == [])
    }

    @Test func `an owner is named after its program, unless said otherwise`() {
        #expect(ChildProcess("/usr/bin/codex", environment: [:]).owner == "codex")
        #expect(ChildProcess("codex", environment: [:]).owner == "codex")
    }
}
