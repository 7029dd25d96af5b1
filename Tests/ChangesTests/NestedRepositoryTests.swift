import Changes
import Foundation
import Testing

/// Repositories inside of others.
@Suite(.timeLimit(.minutes(2))) struct NestedRepositoryTests {
    @Test func `files of a submodule are compared like all others, committed there or not`() async throws {
        let playground = try await Playground.repository()
        try await playground.git("clone", "-q", ".", "../library")
        try await playground.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../library", "lib")
        try await playground.commit("with a library")
        let report = try await playground.changes {
            try playground.write("changed\n", to: "lib/a.txt")
            try await playground.commit("inside", in: "lib")
            try playground.write("new\n", to: "lib/new.txt")
        }
        #expect(report.lines == ["M lib/a.txt (+1 -3)", "A lib/new.txt (+1 -0)"])
        let inside = try await playground.changes(in: playground.path("lib")) {
            try playground.write("again\n", to: "lib/a.txt")
        }
        #expect(inside.lines == ["M a.txt (+1 -1)"])
    }

    @Test func `an untracked repository inside is gone into, also one without commits`() async throws {
        let playground = try await Playground.repository()
        for name in ["with", "without"] {
            try playground.write("x\n", to: "\(name)/x")
            try await playground.git("init", "-q", in: name)
        }
        try await playground.commit("inner", in: "with")
        let report = try await playground.changes {
            try playground.write("y\n", to: "with/x")
            try playground.write("y\n", to: "without/x")
        }
        #expect(report.lines == ["M with/x (+1 -1)", "M without/x (+1 -1)"])
    }

    @Test func `so are repositories in a directory that is none`() async throws {
        let playground = try Playground()
        try playground.write("x\n", to: "project/x")
        try await playground.git("init", "-q", in: "project")
        try await playground.commit("inner", in: "project")
        try playground.write("note\n", to: "note")
        for round in 0..<2 {
            let report = try await playground.changes { try playground.write("y\(round)\n", to: "project/x") }
            #expect(report.lines == ["M project/x (+1 -1)"])
        }
    }
}
