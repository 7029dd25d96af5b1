import Settings
import Testing

/// Random texts made of what the parsers look for.
///
/// A failure prints its seed; put it in `seeds` to repeat it.
@Suite(.timeLimit(.minutes(1))) struct FuzzTests {
    static let seeds: [UInt64] = [1, 42, UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]

    @Test(arguments: seeds)
    func `no bytes break the .env parser`(seed: UInt64) async {
        var source = RandomText(seed: seed)
        for _ in 0..<1000 {
            await Task.yield()
            let text = String(decoding: source.bytes(), as: UTF8.self)
            let dotEnv = DotEnv(parsing: text)
            let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
            let found = dotEnv.entries.map(\.line) + dotEnv.problems.map(\.line)
            #expect(found.allSatisfy { (1...lines).contains($0) }, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test(arguments: seeds)
    func `no bytes break loading`(seed: UInt64) async {
        var source = RandomText(seed: seed)
        for _ in 0..<1000 {
            await Task.yield()
            let workspace = Workspace(keys: AnySettingKey.all + Sample.keys)
            let bytes = source.bytes()
            workspace.files.put(bytes, at: Workspace.conf)
            workspace.files.put(bytes, at: "/project/.env")
            workspace.files.put(bytes, at: "/project/codex-monitor.config.json")
            for problem in workspace.problems() {
                let isOneLine = !problem.contains { $0.isNewline }
                #expect(isOneLine, "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
            }
        }
    }

    @Test(arguments: seeds)
    func `any value comes back from double quotes`(seed: UInt64) async {
        var source = RandomText(seed: seed)
        for _ in 0..<1000 {
            await Task.yield()
            let value = String(decoding: source.bytes().filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            let quoted = value.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) }
            let dotEnv = DotEnv(parsing: "A=\"\(quoted)\"\nB=1")
            #expect(dotEnv.values == ["A": value, "B": "1"], "seed \(seed): \(value.debugDescription)")
        }
    }
}

/// A repeatable source of texts that are nearly right.
private struct RandomText: RandomNumberGenerator {
    private static let pieces = [
        "[codex]", "[", "]", "[[", "{", "}", "=", " = ", ".", ",", "\"", "\"\"\"", "'", "'''", "\\", "\\u0000", "#",
        "\n",
        "\r\n", "\r", "\t", " ", "codex", "sandbox", "turn.timeout", "sample.token", "telegram", "export ",
        "CODEX_MODEL",
        "CM_X", "profile", "profiles", "[profiles.a]", "agents", "[agents.plan]", "reviewer", "model", "default",
        "env", "_", "+", "-", "0b", "0o", "e", "T", "Z", ":", "07:00:00", "07", "x", "\u{7F}", "\u{1}", "inf", "a=",
        "a = [", "a = {", "2020-01-01", "2020-01-0_1", "\u{A0}", "\u{B}", "\u{C}", "\u{85}", "1", "-1.5", "1e999",
        "nan", "true", "2020-01-01", "0x", "\u{FEFF}", "é", "🐢", "$", "\u{2028}",
    ].map { Array($0.utf8) }

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...30, using: &self)).flatMap { _ in
            Int.random(in: 0..<40, using: &self) == 0
                ? [UInt8.random(in: .min ... .max, using: &self)]
                : Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &self)]
        }
    }
}
