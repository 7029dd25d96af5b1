/// What Telegram finds in the text that people write: commands, mentions, addresses.
enum FoundEntities {
    /// The entities of `text`, by their place.
    static func find(in text: String) -> [ShownEntity] {
        var entities: [ShownEntity] = []
        var offset = 0
        for word in text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace) {
            if let entity = entity(word, at: offset) { entities.append(entity) }
            let end = word.endIndex
            // The white space after it may be more than one unit, as "\r\n" is.
            let space = end < text.endIndex ? text[end...end].utf16.count : 0
            offset += word.utf16.count + space
        }
        return entities
    }

    private static func entity(_ word: Substring, at offset: Int) -> ShownEntity? {
        let isName = { (letter: Character) in letter.isASCII && (letter.isLetter || letter.isNumber || letter == "_") }
        switch word.first {
        case "/":
            let name = word.dropFirst().prefix(while: isName)
            guard (1...32).contains(name.count) else { return nil }
            var length = 1 + name.count
            let rest = word.dropFirst(length)
            if rest.first == "@" {
                let bot = rest.dropFirst().prefix(while: isName)
                if bot.count >= 3 { length += 1 + bot.count }
            }
            return ShownEntity("bot_command", at: offset, length: length)
        case "@":
            let name = word.dropFirst().prefix(while: isName)
            return name.count >= 3 ? ShownEntity("mention", at: offset, length: 1 + name.count) : nil
        default:
            guard word.hasPrefix("https://") || word.hasPrefix("http://") else { return nil }
            return ShownEntity("url", at: offset, length: word.utf16.count)
        }
    }
}
