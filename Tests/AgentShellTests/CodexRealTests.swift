import Conversation
import Foundation
import Testing

@testable import AgentShell

/// The shell with the released Codex, whose model is a fake.
@Suite(.enabled(if: !RealCodex.programs.isEmpty, RealCodex.reason), .serialized, .timeLimit(.minutes(2)))
struct RealAgentCodexShellTests {
    // MARK: The user's files

    @Test(arguments: RealCodex.programs, [true, false])
    func `the user's configuration stays as it is, whatever the place`(program: String, isRepository: Bool) async throws
    {
        let world = try CodexWorld(isRepository: isRepository)
        for mode in ["workspace-write", "danger-full-access"] {
            let options = world.options(program, sandbox: mode)
            let id = try await world.run(options) { shell in
                let thread = try await shell.open()
                #expect(try await thread.events(of: "one").last == .finished(.completed))
                return thread.id
            }
            try await world.run(options) { shell in
                let thread = try await shell.open(resume: id)
                #expect(thread.id == id)
                #expect(try await thread.events(of: "two").last == .finished(.completed))
            }
            #expect(world.file("config.toml") == world.configuration)
        }
    }

    @Test(arguments: RealCodex.programs.prefix(1))
    func `a turn may write in its place and nowhere else`(program: String) async throws {
        let world = try CodexWorld(isRepository: true)
        let elsewhere = "/var/tmp/cm-\(UUID().uuidString)"
        try await world.run(world.options(program)) { shell in
            _ = try await shell.open().events(of: "[[sh: touch here; touch \(elsewhere); true]]")
        }
        #expect(FileManager.default.fileExists(atPath: world.workspace + "/here"))
        #expect(!FileManager.default.fileExists(atPath: elsewhere))
    }

    // MARK: Providers

    @Test(arguments: RealCodex.programs, ModelProvider.Kind.allCases)
    func `a provider is used as it wants, and its key is in no file`(
        program: String, kind: ModelProvider.Kind
    ) async throws {
        let world = try CodexWorld(configured: false)
        let provider = ModelProvider(
            kind: kind, baseURL: world.address, apiKey: kind == .ollama ? nil : .init("s3cret"),
            apiVersion: kind == .azure ? "2025-04-01-preview" : nil)
        var options = world.options(program, provider: provider)
        options.model = "a-model"
        let events = try await world.run(options) { shell in
            try await shell.open().events(of: "hello")
        }
        #expect(events.last == .finished(.completed))
        let request = try #require(try world.requests().last)
        #expect(request.path == (kind == .azure ? "/v1/responses?api-version=2025-04-01-preview" : "/v1/responses"))
        #expect(request.header("authorization") == (kind == .openai ? "Bearer s3cret" : nil))
        #expect(request.header("api-key") == (kind == .azure ? "s3cret" : nil))
        #expect(request.body.model == "a-model")
        #expect(world.file("config.toml") == nil)
    }

    @Test func `the commands that the model has run do not see the key`() async throws {
        let world = try CodexWorld(configured: false)
        let provider = ModelProvider(kind: .openai, baseURL: world.address, apiKey: .init("s3cret"))
        let program = try #require(RealCodex.programs.first)
        var options = world.options(program, sandbox: "danger-full-access", provider: provider)
        options.model = "gpt-5.5"
        let events = try await world.run(options) { shell in
            try await shell.open().events(of: "[[sh: env > seen]] [[say: done]]")
        }
        #expect(events.last == .finished(.completed))
        let seen = try String(contentsOfFile: world.workspace + "/seen", encoding: .utf8)
        #expect(seen.contains("PATH="))
        #expect(!seen.contains("s3cret"))
    }

    @Test(arguments: RealCodex.programs)
    func `a thread goes on when its provider is no longer there`(program: String) async throws {
        let world = try CodexWorld()
        let provider = ModelProvider(kind: .openai, baseURL: world.address, apiKey: .init("key"))
        let id = try await world.run(world.options(program, provider: provider)) { shell in
            let thread = try await shell.open()
            _ = try await thread.events(of: "one")
            return thread.id
        }
        try await world.run(world.options(program)) { shell in
            let thread = try await shell.open(resume: id)
            #expect(thread.id == id)
            #expect(try await thread.events(of: "two").last == .finished(.completed))
        }
        #expect(try world.requests().last?.header("authorization") == nil)
    }

    // MARK: Threads

    @Test(arguments: RealCodex.programs)
    func `a conversation that another process keeps goes on in a fork that knows it`(program: String) async throws {
        let world = try CodexWorld()
        try await world.run(world.options(program)) { holder in
            let held = try await holder.open()
            _ = try await held.events(of: "the pineapple")
            try await world.run(world.options(program)) { shell in
                let fork = try await shell.open(resume: held.id)
                #expect(fork.id != held.id)
                #expect(fork.predecessor == held.id)
                #expect(try await fork.events(of: "and now").last == .finished(.completed))
                let told = try #require(try world.requests().last?.body.input.map(\.text))
                #expect(told.contains { $0.contains("the pineapple") })
            }
            #expect(try await held.events(of: "the first goes on").last == .finished(.completed))
        }
    }

    // MARK: Requests

    @Test(arguments: RealCodex.programs)
    func `the model hears why a command was declined, together with the refusal`(program: String) async throws {
        let world = try CodexWorld()
        let events = try await world.run(world.options(program)) { shell in
            try await shell.open().events(of: "[[shx: touch f]] [[say: k]]", answering: .deny(reason: "not on fridays"))
        }
        #expect(events.last == .finished(.completed))
        let asked = events.compactMap { if case .approval(let request) = $0 { request } else { nil } }
        #expect(asked.map(\.title) == ["touch f"])
        #expect(asked.first?.detail == "in \(world.workspace)")
        let requests = try world.requests()
        #expect(requests.count == 2)
        #expect(requests.last?.body.input.suffix(2).first?.type == "function_call_output")
        #expect(requests.last?.body.input.last?.text.contains("declined: not on fridays") == true)
    }

    @Test(arguments: RealCodex.programs)
    func `a patch is asked for with its diff`(program: String) async throws {
        let world = try CodexWorld()
        let events = try await world.run(world.options(program, sandbox: "read-only")) { shell in
            try await shell.open().events(of: "[[patch: add f.txt CONTENT]]", answering: .allow)
        }
        let asked = events.compactMap { if case .approval(let request) = $0 { request } else { nil } }
        let path = world.workspace + "/f.txt"
        #expect(asked.map(\.title) == [path.headline(200)])
        #expect(asked.first?.detail.hasSuffix("add \(path)\nCONTENT\n") == true)
        #expect(FileManager.default.contents(atPath: path) == Data("CONTENT\n".utf8))
    }

    @Test(arguments: RealCodex.programs)
    func `a turn that is interrupted while it asks ends, and the next one works`(program: String) async throws {
        let world = try CodexWorld()
        try await world.run(world.options(program)) { shell in
            let thread = try await shell.open()
            var events: [AgentEvent] = []
            for try await event in try await thread.run(TurnRequest(text: "[[shx: touch f]]")) {
                events.append(event)
                if case .approval = event { await thread.interrupt() }
            }
            #expect(events.last == .finished(.interrupted))
            #expect(try await thread.events(of: "next").last == .finished(.completed))
        }
        #expect(!FileManager.default.fileExists(atPath: world.workspace + "/f"))
    }

    // MARK: Steering

    @Test(arguments: RealCodex.programs)
    func `text reaches the model before the turn ends`(program: String) async throws {
        let world = try CodexWorld()
        let events = try await world.run(world.options(program)) { shell in
            let thread = try await shell.open()
            var events: [AgentEvent] = [], isSteered = false
            for try await event in try await thread.run(TurnRequest(text: "[[count: 100]] [[delay: 0.02]]")) {
                events.append(event)
                guard case .delta = event, !isSteered else { continue }
                isSteered = true
                try await thread.steer("turn left")
            }
            await #expect(throws: AgentError.self) { try await thread.steer("too late") }
            return events
        }
        #expect(events.last == .finished(.completed))
        #expect(events.count { $0 == .began } == 2)
        #expect(try world.requests().last?.body.input.last?.text == "turn left")
        #expect(try world.requests().count == 2)
    }
}
