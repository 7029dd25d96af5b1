/// Answers that one key gives, without Enter, while nothing is typed.
struct KeyOffer: Equatable, Sendable {
    /// Tells an offer from others: once it was taken, it is not made again under the same number.
    var id: Int
    /// Stands before the empty line as long as the keys answer.
    var prompt: Prompt
    /// Keys that answer at once, in lower case; the upper case means the same.
    var keys: Set<Character> = []
    /// Keys that want a line of text to their answer, with what stands before that line.
    var writing: [Character: Prompt] = [:]
}

/// What was chosen of a ``KeyOffer``.
struct KeyChoice: Equatable, Sendable {
    var offer: Int
    /// In lower case.
    var key: Character
    /// The line that was typed to it; nil for a key that answers at once.
    var text: String?
}
