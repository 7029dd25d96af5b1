/// A word that says yes or no and nothing else.
enum BareAnswer: Hashable, Sendable {
    case yes
    case no

    private static let words: [String: BareAnswer] = [
        "yes": .yes, "y": .yes, "ok": .yes, "okay": .yes, "allow": .yes, "approve": .yes,
        "no": .no, "n": .no, "deny": .no,
    ]

    /// Reads all of `text`, in any case, with points and exclamation marks behind it; nil for anything else.
    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let isSpace: (Character) -> Bool = \.isWhitespace
        let word = text.drop(while: isSpace).reversed().drop { isSpace($0) || $0 == "." || $0 == "!" }.reversed()
        guard let meaning = Self.words[String(word).lowercased()] else { return nil }
        self = meaning
    }
}
