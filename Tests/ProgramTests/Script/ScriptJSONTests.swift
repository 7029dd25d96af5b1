import Foundation
import Testing

extension BuiltProgramTests {
    /// The lines of `--json`, as other programs are promised them.
    @Suite(.timeLimit(.minutes(1))) struct ScriptJSONTests {
        /// The members of each type of line, in their order.
        static let members: [String: [String]] = [
            "session": ["type", "v", "session", "mode", "profile", "agent", "version"],
            "turn.started": ["type", "turn", "text", "origin", "mine"],
            "delta": ["type", "turn", "text"],
            "action": ["type", "turn", "id", "kind", "title", "status"],
            "approval": ["type", "turn", "id", "kind", "title", "detail", "status", "by"],
            "turn.finished": ["type", "turn", "status", "text", "durationMs", "usage", "error"],
            "command": ["type", "name", "ok", "text"],
            "notice": ["type", "level", "text"],
        ]

        private func check(_ result: Run.Result, has types: Set<String>) throws {
            var seen: Set<String> = []
            for line in result.output.split(separator: "\n") {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                let type = try #require(object?["type"] as? String)
                #expect(JSONMembers(line).names == Self.members[type], "\(line)")
                seen.insert(type)
            }
            #expect(seen == types)
        }

        @Test func `every line is an object whose members stand in the promised order`() async throws {
            let result = try await Program().run(
                "chat", "--json", input: "tell me the \"status\"\n/mode\n/staus\nquote \" and \\t \u{1}\n")
            try check(result, has: ["session", "turn.started", "action", "delta", "turn.finished", "command"])
        }

        @Test func `so it is with approvals and notices`() async throws {
            var program = try Program()
            try program.useStandIn("approval")
            let result = try await program.run("chat", "--json", input: "do it\n")
            let types = ["session", "turn.started", "action", "delta", "turn.finished", "approval", "notice"]
            try check(result, has: Set(types))
        }

        @Test func `the session comes first, with what the program is`() async throws {
            let result = try await Program().run("chat", "--json", "--session", "work", input: "")
            let line = #"{"type":"session","v":1,"session":"tty:work","mode":"single","profile":"default","#
            #expect(result.output == line + #""agent":"offline","version":"0.1.0"}"# + "\n")
            #expect(result.errors == "")
        }

        @Test func `each turn begins once and ends once, and what it says is the text of its end`() async throws {
            let result = try await Program().run("chat", "--json", input: "one\ntwo\nthree\n")
            let events = try result.events()
            let started = events.of("turn.started")
            let finished = events.of("turn.finished")
            #expect(started.map(\.text) == ["one", "two", "three"])
            #expect(Set(started.map(\.turn)).count == 3)
            #expect(started.map(\.turn) == finished.map(\.turn))
            #expect(started.allSatisfy { $0.mine == true && $0.origin == "script" })
            for end in finished {
                let said = events.of("delta").filter { $0.turn == end.turn }.compactMap(\.text).joined()
                #expect(said == end.text)
                #expect(end.status == "ok" && end.error == nil)
            }
        }

        @Test func `a command says its name, an unknown one as it was typed`() async throws {
            let result = try await Program().run("chat", "--json", input: "/mode\n/Staus\n")
            let commands = try result.events().of("command")
            #expect(commands.map(\.name) == ["mode", "Staus"])
            #expect(commands.map(\.ok) == [true, false])
            #expect(result.status == 1)
            #expect(result.errors == "")
        }

        @Test func `looking something up is an action that changes nothing`() async throws {
            let events = try await Program().run("chat", "--json", input: "status please\n").events()
            #expect(events.of("action").map(\.kind) == ["reasoning", "reasoning"])
            #expect(events.of("action").map(\.status) == ["started", "completed"])
        }
    }
}

/// The names of an object's own members, in their order.
private struct JSONMembers {
    private(set) var names: [String] = []

    /// Reads `line`, an object in JSON that is known to be valid.
    init(_ line: some StringProtocol) {
        var depth = 0
        var word: String?
        var last = ""
        var isEscaped = false
        for character in line.unicodeScalars {
            if let begun = word {
                switch character {
                case _ where isEscaped: isEscaped = false
                case "\\": isEscaped = true
                case "\"": (last, word) = (begun, nil)
                default: word = begun + String(character)
                }
                continue
            }
            switch character {
            case "\"": word = ""
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case ":" where depth == 1: names.append(last)
            default: break
            }
        }
    }
}
