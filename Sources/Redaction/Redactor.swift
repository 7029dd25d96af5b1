/// Takes secrets out of text: the one redactor for traces, logs, exports and outgoing messages.
///
/// A secret becomes `<redacted: KIND>`. Finds what the settings know literally, also its beginning before an ellipsis, what
/// has the form of a known key or token, and what stands in the place of a password: `TOKEN=…`, `"password": "…"`, `Authorization: …`, `user:…@host`. Passwords that read like ordinary words
/// cannot be told from these and stay. Time grows with the size of the text and with nothing else.
public struct Redactor: Sendable {
    /// Shorter secrets than this are not looked for literally: they would be found in ordinary words and numbers.
    public static let shortestSecret = 8

    let rules: RuleSet

    /// Creates a redactor.
    ///
    /// - Parameter secrets: Values that are known, such as the tokens in the settings. They are found in any context, also
    ///   when escaped for JSON or percent-encoded; those shorter than ``shortestSecret`` are ignored.
    public init(secrets: [String] = []) {
        rules = RuleSet(secrets: secrets.filter { $0.utf8.count >= Self.shortestSecret })
    }

    /// The text without its secrets; redacting that again changes nothing.
    public func redact(_ text: String) -> Redacted {
        var text = text
        var scanner = Scanner(rules: rules)
        let (bytes, count) = text.withUTF8 { bytes -> ([UInt8], Int) in
            let scan = scanner.scan(bytes, from: 0, isLast: true)
            guard !scan.cuts.isEmpty else { return ([], 0) }
            return (scan.kept(of: bytes, from: 0), scan.count)
        }
        return Redacted(text: count == 0 ? text : String(decoding: bytes, as: UTF8.self), count: count)
    }

    /// How often a rule is asked while `text` is redacted: the cost, each time at most that of one look at a window.
    package func questions(for text: String) -> Int {
        var text = text
        var scanner = Scanner(rules: rules)
        _ = text.withUTF8 { scanner.scan($0, from: 0, isLast: true) }
        return scanner.questions
    }
}
