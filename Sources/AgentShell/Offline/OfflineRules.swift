/// What the offline agent does about a message.
enum OfflineReading: Hashable {
    /// Looks something up, called `name` for people.
    case lookUp(OfflineLookUp)
    /// Says what it is.
    case introduce
    /// Says in one line what is missing.
    case ask(String)
    /// Says that it cannot work on it.
    case decline
}

/// Reads messages by rules: the same words get the same reading.
///
/// What names a file or a text comes before words about the program, and these before the program's own topics; a message
/// that begins with work to be done is declined, whatever is in it.
struct OfflineRules: Sendable {
    /// What `text` asks for.
    func reading(of text: String) -> OfflineReading {
        guard let sentence = OfflineSentence(text) else { return .decline }
        for rule in [Self.log, Self.find, Self.file] {
            if let reading = rule(sentence) { return reading }
        }
        // Nobody who only wants to know something needs more words.
        guard !sentence.asksForWork, sentence.words.count <= 12 else { return .decline }
        let about = sentence.asksForReasons ? [Self.topic] : [Self.commits, Self.repository, Self.topic]
        for rule in about {
            if let reading = rule(sentence) { return reading }
        }
        return .decline
    }
}
