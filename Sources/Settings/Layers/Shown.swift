/// Foreign text made fit for one line of a message.
enum Shown {
    /// `text` with control characters replaced and cut after 120 characters.
    static func plain(_ text: String) -> String {
        let safe = text.prefix(120).unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: String(scalar)
            }
        }
        return safe.joined() + (text.count > 120 ? "…" : "")
    }

    /// The same in quotes.
    static func quoted(_ text: String) -> String { "\"" + plain(text) + "\"" }
}
