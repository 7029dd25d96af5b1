import Conversation
import TestSupport
import Testing

/// Profiles of sessions.
@Suite(.timeLimit(.minutes(1))) struct HubProfileTests {
    /// Profiles of which one has a directory that is not there.
    private struct SomeProfiles: ProfileDirectory {
        var profiles = [
            Profile("default"),
            Profile("Fast", summary: "quick", workingDirectory: "/fast", single: RoleSettings(model: "mini")),
            Profile("lost", workingDirectory: "/nowhere"),
            Profile("other", single: RoleSettings(prompt: "Be brief.", executor: "b")),
        ]

        func obstacle(to profile: Profile, in mode: Mode) -> String? {
            profile.name == "lost" ? "/nowhere is no directory" : nil
        }
    }

    private var configuration: HubConfiguration {
        var configuration = HubConfiguration.test()
        configuration.profiles = SomeProfiles()
        return configuration
    }

    private func shell(_ name: String = "scripted") -> ScriptedShell {
        ScriptedShell(name, open: { $0.resume ?? "\(name) \($0.model ?? "-") \($0.workingDirectory ?? "-")" }) {
            .answer("answer to \($0.text)")
        }
    }

    private func say(_ text: String, to hub: Hub, in session: SessionID = .test) async throws -> Outcome? {
        let events = try await hub.events(of: session)
        _ = try await hub.type(text, in: session)
        return await events.collect(turns: 1).last?.outcome
    }

    @Test func `profiles are listed with the one in use`() async throws {
        try await withHub(shell(), configuration: configuration) { hub in
            let list = """
                * default (default)
                - Fast · quick · model mini · /fast
                - lost · /nowhere
                - other
                """
            for text in ["/profile list", "/profile", "profile list"] {
                let reply = try await hub.command(text)
                #expect(reply?.text == list)
            }
            let found1 = try await hub.command("/profile fast")
            #expect(found1?.text == "profile: Fast · quick · model mini · /fast")
            let found2 = try await hub.command("/status")
            #expect(found2?.text.contains("profile Fast") == true)
            let found3 = try await hub.command("/status")
            #expect(found3?.text.hasSuffix("directory  /fast") == true)
        }
    }

    @Test(arguments: [
        ("/profile nothing", "no profile is called nothing; there are default, Fast, lost, other"),
        ("/profile lost", "/nowhere is no directory"),
    ])
    func `a profile that cannot be used is refused, and the one before stays`(text: String, why: String) async throws {
        let journal = InMemoryJournal()
        try await withHub(shell(), journal: journal, configuration: configuration) { hub in
            let found4 = try await hub.command(text)
            #expect(found4 == CommandReply(name: "profile", ok: false, text: why))
            let state = try await journal.state(of: .test)
            #expect(state?.profile == nil)
        }
    }

    @Test func `a sentence that begins with the word is for the agent`() async throws {
        let shell = shell()
        try await withHub(shell, configuration: configuration) { hub in
            for text in ["profile memory", "profile", "profile the slow test please"] {
                let found5 = try await say(text, to: hub)
                #expect(found5?.status == .ok)
            }
            #expect(shell.texts == ["profile memory", "profile", "profile the slow test please"])
        }
    }

    @Test func `each profile has its model, its directory and its own thread, which waits for its return`()
        async throws
    {
        let shell = shell()
        try await withHub(shell, configuration: configuration) { hub in
            _ = try await say("one", to: hub)
            _ = try await hub.command("/profile Fast")
            _ = try await say("two", to: hub)
            _ = try await hub.command("profile default")
            _ = try await say("three", to: hub)
            _ = try await hub.command("/profile Fast")
            _ = try await say("four", to: hub)
        }
        #expect(shell.requests.map(\.resume) == [nil, nil, "scripted - -", "scripted mini /fast"])
        #expect(shell.requests.map(\.model) == [nil, "mini", nil, "mini"])
        #expect(shell.requests.map(\.workingDirectory) == [nil, "/fast", nil, "/fast"])
    }

    @Test func `the developer of a profile may be another agent, with a prompt in front`() async throws {
        let (a, b) = (shell("a"), shell("b"))
        try await withHub(directory: ScriptedDirectory(a, b), configuration: configuration) { hub in
            _ = try await hub.command("/profile other")
            let found6 = try await say("hello", to: hub)
            #expect(found6?.agent == "b")
            #expect(b.texts == ["Be brief.\n\nhello"])
            // What a person chose goes before.
            _ = try await hub.command("/agent a")
            let found7 = try await say("hello", to: hub)
            #expect(found7?.agent == "a")
        }
    }

    @Test func `two sessions switch at the same time, each for itself`() async throws {
        let shell = shell()
        let sessions = (0..<20).map { SessionID(rawValue: "tg:1:\($0)") }
        try await withHub(shell, configuration: configuration) { hub in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, session) in sessions.enumerated() {
                    group.addTask {
                        for round in 0..<10 {
                            let name = (index + round).isMultiple(of: 2) ? "Fast" : "default"
                            _ = try await hub.command("/profile \(name)", in: session)
                            let found8 = try await self.say("m", to: hub, in: session)
                            #expect(found8?.status == .ok)
                            let found9 = try await hub.greeting(of: session)
                            #expect(found9.profile == name)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        for session in sessions {
            let own = shell.requests.filter { $0.session == session }
            #expect(own.count == 10)
            for request in own { #expect((request.model == "mini") == (request.workingDirectory == "/fast")) }
        }
    }

    @Test func `a new conversation has the default profile and no thread of any`() async throws {
        let shell = shell()
        try await withHub(shell, configuration: configuration) { hub in
            _ = try await hub.command("/profile Fast")
            _ = try await say("one", to: hub)
            _ = try await hub.command("/new")
            _ = try await say("two", to: hub)
            _ = try await hub.command("/profile Fast")
            _ = try await say("three", to: hub)
        }
        #expect(shell.requests.map(\.resume) == [nil, nil, nil])
        #expect(shell.requests.map(\.model) == ["mini", nil, "mini"])
    }

    @Test func `a profile that is gone from the settings is told, and the default one used`() async throws {
        let journal = InMemoryJournal()
        try await withHub(shell(), journal: journal, configuration: configuration) { hub in
            _ = try await hub.command("/profile Fast")
        }
        let shell = shell()
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            let records = await events.collect(turns: 1)
            #expect(
                records.compactMap(\.notice?.text)
                    == ["the profile Fast is gone from the settings; default is used"])
            #expect(shell.requests.first?.model == nil)
        }
    }
}
