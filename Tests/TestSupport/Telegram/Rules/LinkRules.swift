/// Which addresses a text or a button may lead to.
enum LinkRules {
    /// Whether `url` is one of the web, with a name of at least two parts or an IP address, or Telegram's own.
    static func isAccepted(_ url: String) -> Bool {
        let parts = url.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !url.utf8.contains(where: { $0 <= 32 }) else { return false }
        switch parts[0].lowercased() {
        case "tg", "ton", "tonsite": return parts[1].hasPrefix("//") && parts[1].count > 2
        case "http", "https":
            guard parts[1].hasPrefix("//") else { return false }
            let authority = parts[1].dropFirst(2).prefix { !"/?#".contains($0) }
            let host = authority.split(separator: "@").last?.prefix { $0 != ":" } ?? ""
            return host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".")
        default: return false
        }
    }
}
