/// Where the Bot API is: Telegram's own server, one of one's own, or a test's.
public struct BotServer: Hashable, Sendable {
    /// Telegram's.
    public static let telegram = BotServer(address: "https://api.telegram.org")

    let address: String

    private init(address: String) { self.address = address }

    /// Takes `scheme://host:port`, a path behind it included; nil for anything else.
    public init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.lowercased().hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard let host = rest.split(separator: "/", omittingEmptySubsequences: false).first, !host.isEmpty,
            !rest.contains(where: { $0.isWhitespace || "?#@".contains($0) })
        else { return nil }
        var address = text
        while address.hasSuffix("/") { address.removeLast() }
        self.address = address
    }

    /// Where a method is called; holds the secret.
    func url(of method: String, for token: BotToken) -> String { "\(address)/bot\(token.secret)/\(method)" }

    /// Where a file is fetched; holds the secret.
    func url(ofFile path: String, for token: BotToken) -> String { "\(address)/file/bot\(token.secret)/\(path)" }
}
