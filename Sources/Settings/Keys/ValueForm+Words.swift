extension ValueForm where Value == [String] {
    /// Strings in their order, perhaps none; in plain text a JSON array, or words with white space between them.
    package static var words: Self {
        Self(
            expected: "an array of strings; in a variable also words with white space between them",
            read: { written, _ in
                let words: [String]? =
                    switch written {
                    case .texts(let texts): texts
                    case .plain(let text): words(in: text.trimmed)
                    case .text, .integer, .decimal, .boolean, .numbers, .other: nil
                    }
                // The system would take the NUL for the end of the argument.
                return words.flatMap { words in words.contains { $0.utf8.contains(0) } ? nil : words }
            },
            toml: { "[" + $0.map(TOMLText.quote).joined(separator: ", ") + "]" })
    }

    private static func words(in text: String) -> [String]? {
        guard text.hasPrefix("[") else {
            return text.split(whereSeparator: \.isWhitespace).map(String.init)
        }
        // What is wrong with the JSON matters less than what was expected.
        guard case .texts(let texts)? = (try? JSONReader.read(text))?.written else { return nil }
        return texts
    }
}
