import Foundation
import TestSupport

@testable import AgentShell

extension ShellUnderTest {
    /// Codex of this release, through `codex app-server`.
    static func codex(_ release: String, program: String, sandbox: String) -> ShellUnderTest {
        ShellUnderTest(
            name: "codex \(release)",
            abilities: [.streams, .acts, .tells, .asks, .steers, .provider, .process, .persists, .tools],
            memory: .thread
        ) {
            let world = try await CodexHome()
            return world.contract { isAsking in
                var options = CodexOptions(
                    command: ReleasedAgents.folder + program, environment: world.environment,
                    workingDirectory: world.place.workspace, approvalPolicy: isAsking ? "untrusted" : "never",
                    sandbox: sandbox, clientVersion: "0")
                options.custody = world.place.custody
                let shell = CodexShell(options: options)
                return (shell, { await shell.run() })
            }
        }
    }
}

/// A home of Codex and a model for it.
struct CodexHome: Sendable {
    let place: ContractPlace
    let model: FakeProvider

    init() async throws {
        place = try ContractPlace()
        // What a digest repeats is not to be done again.
        let arguments = ["--after", "The message to answer now:"]
        model = try await FakeProvider("fake_responses.py", in: place.path, arguments: arguments)
        try """
        model = "gpt-5.5"
        model_provider = "fake"

        [model_providers.fake]
        name = "fake"
        base_url = "\(model.address)"
        wire_api = "responses"
        env_key = "FAKE_KEY"
        request_max_retries = 0
        stream_max_retries = 1
        """.write(toFile: place.home + "/config.toml", atomically: true, encoding: .utf8)
    }

    var environment: [String: String] {
        place.environment.merging(["CODEX_HOME": place.home, "FAKE_KEY": "none"]) { $1 }
    }

    func contract(_ make: @escaping @Sendable (Bool) -> ContractWorld.Running) -> ContractWorld {
        ContractWorld(place: place, make: make, errand: { Errand(responding: $0) }) { model.requests().last ?? "" }
    }
}

extension Errand {
    /// What makes the model of `fake_responses.py` do `deed`.
    init(responding deed: Deed) {
        switch deed {
        case .say(let text): self.init(prompt: text, answer: "You said: \(text)")
        case .talk: self.init(prompt: "[[say: word]] [[count: 600]] [[delay: 0.1]]")
        case .chat:
            let words = ["word"] + (1..<30).map { "word\($0)" }
            self.init(prompt: "[[say: word]] [[count: 30]] [[delay: 0.05]]", answer: words.joined(separator: " "))
        case .command(let file):
            self.init(
                prompt: "[[sh: echo x >> \(file)]] [[say: it is done]]", answer: "it is done",
                title: "echo x >> \(file)")
        case .file(let file):
            self.init(prompt: "[[patch: add \(file) CONTENT]] [[say: it is done]]", answer: "it is done", title: file)
        case .work: self.init(prompt: "[[sh: echo on > working; sleep 60]]", title: "sleep 60")
        case .tool(let tool, let arguments):
            let prompt = "[[tool: mcp__cm/\(tool) \(arguments)]] [[say: it is done]]"
            self.init(prompt: prompt, answer: "it is done", title: "cm.\(tool)")
        case .fail(.unauthorized): self.init(prompt: "[[http: 401]]")
        case .fail(.tooManyRequests): self.init(prompt: "[[http: 429]]")
        case .fail(.serverError): self.init(prompt: "[[http: 500]]")
        case .fail(.droppedStream): self.init(prompt: "[[say: half of it is lost]] [[drop]]")
        case .fail(.contextOverflow): self.init(prompt: "[[fail: context_length_exceeded too long]]")
        }
    }
}
