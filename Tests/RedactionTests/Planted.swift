/// A secret and what stands around it, as it comes out of a tool.
///
/// Everything is put together here: the source holds nothing that looks like a secret.
struct Planted: Sendable, CustomStringConvertible {
    var name: String
    var before = ""
    var secret: String
    var after = ""
    /// Whether it is known by itself, and not by what stands around it.
    var isBare: Bool { before.isEmpty && !secret.contains("\n") }

    var text: String { before + secret + after }
    var description: String { name }

    /// The ways in which a text turns up.
    static let contexts: [(name: String, wrap: @Sendable (Planted) -> String)] = [
        ("alone", { $0.text }),
        ("text", { "The build said this: \n\($0.text)\nand then went on, as ever. 🐢" }),
        ("JSON", { #"{"type":"output","text":"\#(escaped("$ env\n" + $0.text + "\ndone"))","exit":0}"# }),
        ("JSON in JSON", { #"{"line":"\#(escaped(#"{"text":"\#(escaped("x\n" + $0.text + "\ny"))"}"#))"}"# }),
        ("diff", { "@@ -1,2 +1,3 @@\n context\n" + lines($0.text, prefix: "+") + "\n-old line" }),
        ("removed", { "@@ -1,2 +1,3 @@\n context\n" + lines($0.text, prefix: "-") + "\n+new line" }),
        ("code block", { "Here:\n\n```sh\n\($0.text)\n```\nThat is all." }),
        ("code", { "Réponse : `\($0.text)` ✓" }),
        ("colour", { "\u{1B}[32m\($0.text)\u{1B}[0m" }),
        ("URL", { $0.isBare ? "see https://api.example.org/v1/\($0.secret)/items?limit=3#top" : $0.text }),
        ("query", { $0.isBare ? "GET /v1/items?limit=3&access_token=\($0.secret)&page=2 HTTP/1.1" : $0.text }),
        ("header", { $0.isBare ? "> Authorization: Bearer \($0.secret)\r\n> Accept: */*" : $0.text }),
    ]

    /// The longest piece of the secret that is still in `text`; lines of a private key count each for itself.
    func leak(in text: String) -> String? {
        let size = min(8, secret.utf8.count)
        for line in secret.split(separator: "\n") where line.utf8.count >= size && !line.hasPrefix("-----") {
            let bytes = Array(line.utf8)
            for start in 0...(bytes.count - size) {
                let piece = String(decoding: bytes[start..<start + size], as: UTF8.self)
                if !text.utf8.isEmpty, contains(text, piece) { return piece }
            }
        }
        return nil
    }

    private func contains(_ text: String, _ piece: String) -> Bool {
        let text = Array(text.utf8), piece = Array(piece.utf8)
        guard text.count >= piece.count else { return false }
        return (0...(text.count - piece.count)).contains { text[$0] == piece[0] && text[$0...].starts(with: piece) }
    }

    private static func lines(_ text: String, prefix: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }.joined(separator: "\n")
    }

    /// As in a JSON string.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case "\u{1B}": "\\u001b"
            default: String(scalar)
            }
        }.joined()
    }
}
