import Foundation
import Settings
import Testing

/// Random project files; a failure prints its seed, which repeats it when put into `seeds`.
@Suite(.timeLimit(.minutes(1))) struct JSONFuzzTests {
    static let seeds: [UInt64] = [1, 42, UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00e9", "\\ud83d\\udc22", "\\ud83d", "\\u0000", "\n", "\r\n", " ",
        "\t",
        "1", "-", "0", "1.5", "e+9", "1e999", "true", "false", "null", "\"executors\"", "\"executor\"", "\"CODEX\"",
        "\"command\"", "\"a\"", "\"b\"", "\"weight\":", "é", "🐢", "/", "'", "#", "\u{7F}", "\u{1}", "{\"executors\": [",
        "{\"executor\": \"CUSTOM\", \"command\": [\"a\"]}", "]}", "\"\": ", "nul", "+1", ".5", "1.", "01",
    ]

    @Test(arguments: seeds)
    func `what is accepted is JSON, and what is JSON is no syntax error`(seed: UInt64) async {
        var generator = SplitMix(state: seed)
        for _ in 0..<1000 {
            await Task.yield()
            let count = Int.random(in: 0...12, using: &generator)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            let shown = "seed \(seed): \(text.debugDescription)"
            do {
                _ = try Workspace(project: text).load()
                #expect(Self.isJSON(text), "\(shown)")
            } catch {
                let isOneLine = error.problems.allSatisfy { problem in !problem.description.contains { $0.isNewline } }
                #expect(isOneLine, "\(shown)")
                // Foundation takes the last of two equal keys, and a comma before a closing bracket.
                let isStricter =
                    error.problems.contains { $0.reason.hasSuffix("this key comes twice") }
                    || text.firstMatch(of: /,\s*[\]}]/) != nil
                let isMalformed = error.problems.contains { $0.code == .malformed }
                #expect(!isMalformed || isStricter || !Self.isJSON(text), "\(shown)")
            }
        }
    }

    @Test(arguments: seeds)
    func `no field takes a value of a wrong type`(seed: UInt64) async {
        let values = ["null", "true", "7", "-1", "1.5", "\"x\"", "\"\"", "[]", "[\"x\"]", "[1]", "{}", "{\"a\": 1}"]
        let valid: [String: Set<String>] = [
            "name": ["\"x\""], "variant": ["\"x\""], "model": ["\"x\""], "weight": ["7", "1.5"], "role": [],
            "enabled": ["true"], "roles": ["true"], "command": ["[\"x\"]"], "executor": [],
        ]
        var generator = SplitMix(state: seed)
        for _ in 0..<500 {
            await Task.yield()
            var fields = ["executor": "\"CUSTOM\"", "command": "[\"x\"]"]
            for field in valid.keys where Int.random(in: 0..<4, using: &generator) == 0 {
                fields[field] = values[Int.random(in: values.indices, using: &generator)]
            }
            let wrong = fields.filter { field, value in
                field == "executor" ? value != "\"CUSTOM\"" : valid[field]?.contains(value) != true
            }
            let text = fields.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
            let found = Workspace(project: "{\"executors\": [{\(text)}]}").problems()
            #expect(found.count == wrong.count, "seed \(seed): \(text)")
            for field in wrong.keys {
                #expect(found.contains { $0.contains("executors[0].\(field): found ") }, "seed \(seed): \(text)")
            }
        }
    }

    private static func isJSON(_ text: String) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil  // the answer
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
