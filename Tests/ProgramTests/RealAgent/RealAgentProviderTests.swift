import Foundation
import Testing

extension BuiltProgramTests {
    /// The settings `provider.*`, and what the released agents make of them.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentProviderTests {
        /// A kind of server, where the settings say it is, and what it is to be asked then.
        struct Place: Sendable, CustomTestStringConvertible {
            var kind: String
            var path: String
            var settings: [String: String]
            var asked: String

            var testDescription: String { "\(kind) at \(path) \(settings)" }

            static let version = "2025-04-01-preview"
            private static let versioned = ["CM_PROVIDER_KIND": "azure", "CM_PROVIDER_API_VERSION": version]
            private static let completions = ["CM_PROVIDER_WIRE_API": "completions"]

            static let responses = [
                Place(kind: "openai", path: "/v1", settings: [:], asked: "/v1/responses"),
                Place(kind: "openai", path: "/v1/", settings: [:], asked: "/v1/responses"),
                // The key is in the environment, for another reason.
                Place(kind: "ollama", path: "/v1", settings: ["CM_PROVIDER_KIND": "ollama"], asked: "/v1/responses"),
                Place(
                    kind: "azure", path: "/openai", settings: versioned,
                    asked: "/openai/responses?api-version=\(version)"),
                Place(
                    kind: "azure", path: "/gateway/openai/", settings: versioned,
                    asked: "/gateway/openai/responses?api-version=\(version)"),
                Place(kind: "azure", path: "", settings: ["CM_PROVIDER_KIND": "azure"], asked: "/openai/v1/responses"),
            ]

            /// The same for the older interface, which Codex does not speak.
            static let chat = [
                Place(kind: "openai", path: "/v1", settings: completions, asked: "/v1/chat/completions"),
                Place(
                    kind: "ollama", path: "/v1", settings: completions.merging(["CM_PROVIDER_KIND": "ollama"]) { $1 },
                    asked: "/v1/chat/completions"),
                Place(
                    kind: "azure", path: "/openai", settings: completions.merging(versioned) { $1 },
                    asked: "/openai/deployments/a-model/chat/completions?api-version=\(version)"),
                Place(
                    kind: "azure", path: "/openai/v1", settings: completions.merging(versioned) { $1 },
                    asked: "/openai/v1/chat/completions"),
            ]
        }

        private func expectAnswer(_ agent: ProvidedAgent, _ place: Place) async throws {
            let world = try await ProviderWorld(of: agent, like: place.kind, at: place.path, settings: place.settings)
            let (result, events) = try await world.chat("the pineapple is ripe")
            #expect(events.endings == ["ok: You said: the pineapple is ripe"], "\(result.output.suffix(2000))")
            #expect(events.of("delta").count > 1)

            let requests = try world.requests()
            #expect(requests.map(\.path) == [place.asked])
            #expect(requests.map(\.body.model) == ["a-model"])
            #expect(requests.map(\.body.stream) == [true])
            let request = try #require(requests.first)
            let bearer = request.header("authorization")
            switch place.kind {
            case "azure":
                #expect(bearer == nil)
                #expect(request.header("api-key") == ProviderWorld.key)
            case "openai": #expect(bearer == "Bearer \(ProviderWorld.key)")
            // Copilot says that it has none.
            default: #expect(bearer == (agent == .copilot ? "Bearer" : nil))
            }
            let holding = request.headers.values.filter { $0.contains(ProviderWorld.key) }
            #expect(holding.count == (place.kind == "ollama" ? 0 : 1))

            #expect(world.changedFiles == [])
            #expect(world.filesWithKey == [])
            #expect(!(result.output + result.errors).contains(ProviderWorld.key))
            if agent == .copilot {
                let files = try world.copilotsFiles
                let database = ["session-store.db", "session-store.db-shm", "session-store.db-wal"]
                #expect(files.subtracting(database).subtracting(["logs"]) == ["session-state"], "\(files)")
            }
        }

        @Test(arguments: ProvidedAgent.allCases, Place.responses)
        func `the server that the settings name answers, and the user's files stay as they are`(
            agent: ProvidedAgent, place: Place
        ) async throws {
            try await expectAnswer(agent, place)
        }

        @Test(arguments: Place.chat)
        func `with copilot also one that only has the older interface`(place: Place) async throws {
            try await expectAnswer(.copilot, place)
        }

        // MARK: The key

        @Test(arguments: ProvidedAgent.allCases)
        func `the key is in no argument, and not in the environment of the commands that the model has run`(
            agent: ProvidedAgent
        ) async throws {
            let script = agent == .copilot ? "fake_chat.py" : "fake_responses.py"
            let world = try await ProviderWorld(of: agent, script: script, settings: ["CODEX_MODEL": "gpt-5.5"])
            let (_, events) = try await world.chat(
                "[[sh: env > seen; cat /proc/[0-9]*/cmdline >> seen; true]] [[say: done]]", "--approve", "all")
            #expect(events.endings == ["ok: done"])
            let seen = try String(contentsOfFile: world.program.workspace + "/seen", encoding: .utf8)
            #expect(seen.contains("PATH="))
            #expect(!seen.contains(ProviderWorld.key))
            #expect(world.filesWithKey == [])
        }

        @Test func `copilot's own environment does not have it either`() async throws {
            let world = try await ProviderWorld(of: .copilot)
            let (_, events) = try await world.chat(
                "[[sh: cat /proc/$PPID/environ > seen]] [[say: done]]", "--approve", "all")
            #expect(events.endings == ["ok: done"])
            let seen = try String(contentsOfFile: world.program.workspace + "/seen", encoding: .utf8)
            #expect(seen.contains("OPENAI_BASE_URL="))
            #expect(!seen.contains(ProviderWorld.key))
        }

        // MARK: What is wrong

        @Test(arguments: ["chat", "ask"])
        func `an address with a password is refused`(command: String) async throws {
            let world = try await ProviderWorld(
                of: .copilot, settings: ["OPENAI_BASE_URL": "http://me:hunter2@127.0.0.1/v1"])
            let result = try await world.program.run(command, "--json", input: "hello\n")
            #expect(result.status == 2)
            #expect(result.errors.contains("without password"))
        }

        @Test(arguments: ProvidedAgent.allCases)
        func `a key that a server does not take as it is sent is told as that`(agent: ProvidedAgent) async throws {
            let world = try await ProviderWorld(of: agent, like: "azure", at: "/openai/v1")
            let error = try #require(try await world.chat("hello").events.of("turn.finished").first?.error)
            #expect(error.kind == "auth")
            #expect(error.message.contains("401"))
            #expect(agent != .copilot || error.message.hasSuffix("; check provider.api_key"), "\(error.message)")
        }

        @Test func `a server that has no such interface is told with its address`() async throws {
            let world = try await ProviderWorld(
                of: .copilot, like: "openai", at: "/openai/v1", settings: ["CM_PROVIDER_KIND": "azure"])
            let error = try #require(try await world.chat("hello").events.of("turn.finished").first?.error)
            #expect(error.kind == "refused")
            #expect(error.message.contains("/openai/v1 (HTTP 404)"))
        }

        @Test(arguments: [
            (["CODEX_MODEL": ""], "/v1", "set copilot.model (COPILOT_MODEL)"),
            (["CM_PROVIDER_KIND": "azure", "OPENAI_API_KEY": ""], "", "set provider.api_key"),
            (["CM_PROVIDER_KIND": "azure"], "/deep", "provider.base_url has to end with /openai/v1"),
        ])
        func `what copilot would not say itself is said`(
            settings: [String: String], path: String, advice: String
        ) async throws {
            let world = try await ProviderWorld(of: .copilot, at: path, settings: settings)
            let (result, events) = try await world.chat("hello", "--agent", "copilot")
            #expect(result.output.contains(advice), "\(result.output) \(result.errors)")
            #expect(events.of("turn.finished").map(\.status) == ["error"])
            #expect(try world.requests().isEmpty)
        }
    }
}
