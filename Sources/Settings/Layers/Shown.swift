/// Foreign text made fit for one line of a message.
enum Shown {
    /// `text` with control characters replaced and cut after 80 characters.
    static func plain(_ text: String) -> String {
        let safe = text.prefix(80).unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: String(scalar)
            }
        }
        return safe.joined() + (text.count > 80 ? "…" : "")
    }

    /// The same in quotes.
    static func quoted(_ text: String) -> String { "\"" + plain(text) + "\"" }
}
