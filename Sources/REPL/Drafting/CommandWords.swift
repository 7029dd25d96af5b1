/// Takes a command apart into words as a shell does, without expanding anything in it.
///
/// White space separates words; both kinds of quotes, and a backslash, keep what they hold together.
enum CommandWords {
    /// The words of `text`; nil when a quote is not closed.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        // Nil between two words; an empty one can be quoted.
        var word: String?
        var quote: Character?
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch (quote, character) {
            case (character, _):
                quote = nil
            case (nil, "\\"):
                word = (word ?? "") + String(rest.popFirst() ?? character)
            case ("\"", "\\"):
                let isEscape = rest.first.map { "\"\\$`".contains($0) } == true
                word = (word ?? "") + String(isEscape ? rest.removeFirst() : character)
            case (nil, "'"), (nil, "\""):
                quote = character
                word = word ?? ""
            case (nil, _) where character.isWhitespace:
                if let word { words.append(word) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return quote == nil ? words : nil
    }
}
