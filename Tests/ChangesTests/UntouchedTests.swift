import Changes
import Foundation
import Testing

/// What must not happen while changes are told.
@Suite(.timeLimit(.minutes(2))) struct UntouchedTests {
    @Test func `nothing in the repository's own folder changes`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("gc", "-q")
        try playground.write("loose\n", to: "a.txt")
        try await playground.commit("a loose object")
        try playground.write("x\n", to: "a.txt")
        for name in try FileManager.default.subpathsOfDirectory(atPath: playground.path(".git")) {
            // Old, so that any marking of an object as used shows.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
                ofItemAtPath: playground.path(".git/" + name))
        }
        let before = try playground.state(of: playground.path(".git"))
        let report = try await playground.changes {
            // Contents that are in the repository, packed and loose.
            try playground.write("one\ntwo\nthree\n", to: "a.txt")
            try playground.write("loose\n", to: "b.txt")
        }
        #expect(report.lines == ["M a.txt (+3 -1)", "A b.txt (+1 -0)"])
        #expect(try playground.state(of: playground.path(".git")) == before)
    }

    @Test func `no program that a configuration names is run`() async throws {
        let playground = try await Playground.repository()
        let trap = playground.base + "/trap"
        let sprung = playground.base + "/sprung"
        try "#!/bin/sh\necho \"$@\" >> '\(sprung)'\ncat\n".write(toFile: trap, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: trap)
        try FileManager.default.createDirectory(
            atPath: playground.path(".git/hooks"), withIntermediateDirectories: true)
        try playground.link(".git/hooks/post-index-change", to: trap)
        for key in [
            "core.fsmonitor", "core.pager", "filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.f.textconv",
            "diff.f.command", "diff.external", "core.sshCommand", "credential.helper",
        ] { try await playground.git("config", key, trap) }
        try playground.write("*.txt filter=f diff=f\n", to: ".gitattributes")
        let report = try await playground.changes { try playground.write("changed\n", to: "a.txt") }
        #expect(report.lines == ["M a.txt (+1 -3)"])
        #expect(!FileManager.default.fileExists(atPath: sprung))
    }

    @Test func `variables of git in the environment mislead nobody`() async throws {
        let playground = try await Playground.repository()
        let tracker = playground.tracker(["GIT_DIR": "/nonexistent", "GIT_EXTERNAL_DIFF": "/bin/false"])
        let before = try await tracker.snapshot(of: playground.work)
        try playground.write("x\n", to: "a.txt")
        #expect(try await tracker.changes(in: playground.work, since: before, limit: 4096).lines == ["M a.txt (+1 -3)"])
    }

    @Test func `the storage is private, and keeps no work folder`() async throws {
        let playground = try await Playground.repository()
        _ = try await playground.changes { try playground.write("x\n", to: "a.txt") }
        let storage = playground.base + "/storage"
        let mode = try FileManager.default.attributesOfItem(atPath: storage)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: storage + "/scratch").isEmpty)
    }
}
