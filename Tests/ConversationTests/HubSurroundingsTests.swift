import TestSupport
import Testing

@testable import Conversation

/// Commands and queries about files, the repository and logs.
@Suite(.timeLimit(.minutes(1))) struct HubSurroundingsTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "no process called x has a log; there are cm"
    }

    private func configuration(
        _ surroundings: ScriptedSurroundings, profiles: [Profile] = [Profile("default")]
    ) -> HubConfiguration {
        var configuration = HubConfiguration.test()
        configuration.surroundings = surroundings
        configuration.profiles = FixedProfiles(profiles)
        return configuration
    }

    @Test(
        arguments: [
            ("/logs", .log(lines: 20, of: nil)), ("/logs 5", .log(lines: 5, of: nil)),
            ("/logs 1000 codex", .log(lines: 1000, of: "codex")), ("/logs codex", .log(lines: 20, of: "codex")),
            ("/LOGS@bot 7", .log(lines: 7, of: nil)), ("/diff", .diff), ("/branches", .branches),
        ] as [(String, SurroundingsQuestion)])
    func `a command asks the port, in the directory of the session`(
        text: String, question: SurroundingsQuestion
    ) async throws {
        let surroundings = ScriptedSurroundings { "\($0)" }
        try await withHub(ScriptedShell(turns: []), configuration: configuration(surroundings)) { hub in
            let reply = try await hub.command(text)
            #expect(reply?.ok == true)
            #expect(reply?.text == "\(question)")
        }
        #expect(surroundings.asked == [ScriptedSurroundings.Asked(question, in: "/project")])
    }

    @Test func `a profile's directory is the one that is asked about`() async throws {
        let surroundings = ScriptedSurroundings { _ in "ok" }
        let profiles = [Profile("default"), Profile("other", workingDirectory: "/elsewhere")]
        try await withHub(ScriptedShell(turns: []), configuration: configuration(surroundings, profiles: profiles)) {
            hub in
            _ = try await hub.command("/profile other")
            _ = try await hub.command("/diff")
            _ = await hub.report(.surroundings(.changes), for: .test)
        }
        #expect(surroundings.asked.map(\.directory) == ["/elsewhere", "/elsewhere"])
    }

    @Test func `what cannot be told makes a command wrong, and is an answer to a query`() async throws {
        let surroundings = ScriptedSurroundings { _ in throw Broken() }
        try await withHub(ScriptedShell(turns: []), configuration: configuration(surroundings)) { hub in
            let reply = try await hub.command("/logs x")
            #expect(reply == CommandReply(name: "logs", ok: false, text: Broken().description))
            let report = await hub.report(.surroundings(.diff), for: .test)
            #expect(report == Broken().description)
        }
    }

    @Test func `without anybody to ask, nothing can be told`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try await hub.command("/diff")
            #expect(reply == CommandReply(name: "diff", ok: false, text: "nothing can be told of files and logs here"))
        }
    }

    @Test func `a question that takes long holds up nobody else`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let surroundings = ScriptedSurroundings { _ in
            for await _ in gate { break }
            return "at last"
        }
        try await withHub(ScriptedShell(turns: []), configuration: configuration(surroundings)) { hub in
            async let slow = hub.command("/diff")
            let mode = try await hub.command("/mode", in: SessionID(rawValue: "tty:other"))
            #expect(mode?.ok == true)
            open.yield()
            let reply = try await slow
            #expect(reply?.text == "at last")
        }
    }
}
