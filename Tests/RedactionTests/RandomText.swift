import TestSupport

/// Random texts made of what the rules look for, and of secrets cut in pieces.
struct RandomText {
    private static let pieces = [
        "token", "TOKEN", "password", "Secret", "api_key", "API_KEY", "auth", "Authorization", "Bearer ", "basic ",
        "--token ",
        "=", ":", ": ", " = ", "=>", ":=", "%3D", ",", ";", "\"", "\\\"", "'", "\\", "\\\\\\\"", "`", "\n", "\\n",
        "\r\n", " ",
        "\t", "<", ">", "</", "(", ")", "[", "]", "{", "}", "$", "${", "*", "****", "xxxx", "@", "://", ":\\/\\/", "/",
        "?", "&",
        "&key=", "?sig=", "sk" + "-", "sk" + "-ant-", "gh" + "p_", "AK" + "IA", "ey" + "J", ".ey" + "J", "hf" + "_",
        "xox" + "b-",
        "-----BEGIN ", "PRIVATE" + " KEY", "-----", "-----END ", "RSA ", "12345678", "9:", "%3A", "AAE", "a1B2c3D4e5F6",
        "Zz9",
        "q7W8e9R0t1Y2u3I4o5P6", "words", "hunter2", "MIIEpAIBAAKCAQEA7Xm2", "<redacted: token>", "\u{1B}[32m", "é", "🐢",
        "👩‍💻",
        "e\u{301}", "密", "\u{FEFF}", "\u{0}", "login bob password ", "user", "host", "known secret/1", "known secret",
        "q7W8e9R0t1Y2", "…", "\u{2024}",
    ]

    var generator: SeededGenerator

    /// What a random text is redacted with.
    static let secrets = ["known secret/1", "12345678AAE", "q7W8e9R0t1Y2u3I4", "密é🐢 \"x\""]

    mutating func text(of count: Int) -> String {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in piece() }.joined()
    }

    /// Cuts a text between scalars, at random.
    mutating func deltas(of text: String) -> [String] {
        var deltas = [""]
        for scalar in text.unicodeScalars {
            if Int.random(in: 0..<6, using: &generator) == 0 { deltas.append("") }
            deltas[deltas.count - 1].unicodeScalars.append(scalar)
        }
        return deltas
    }

    private mutating func piece() -> String {
        if Int.random(in: 0..<12, using: &generator) == 0 {
            let planted = Array(
                Planted.corpus[Int.random(in: 0..<Planted.corpus.count, using: &generator)].text.unicodeScalars)
            let ends = [
                Int.random(in: 0...planted.count, using: &generator),
                Int.random(in: 0...planted.count, using: &generator),
            ]
            var piece = ""
            piece.unicodeScalars.append(contentsOf: planted[min(ends[0], ends[1])..<max(ends[0], ends[1])])
            return piece
        }
        return Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
    }
}
