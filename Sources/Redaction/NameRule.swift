/// A value behind the name of a secret: `API_KEY=…`, `"password": "…"`, `--token …`, `Authorization: Bearer …`.
struct NameRule: Sendable {
    /// What the value is called in the text.
    let kind: String
    /// The end of the name, in lower case.
    let name: [UInt8]
    /// Whether short and simple values are secrets too.
    let isPassword: Bool
    /// Whether no letter may stand before, because the name ends other words too.
    let isWord: Bool

    private static let mostBlanks = 16
    private static let closings = ByteSet("\\\"'`]*")
    private static let schemes = ["bearer ", "basic ", "token ", "apikey ", "bot "].map { Array($0.utf8) }
    private static let login = Array("login ".utf8)
    private static let typeNames = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz?!.<>[]|")

    init(_ kind: String, _ name: String, isPassword: Bool = false, isWord: Bool = false) {
        self.kind = kind
        self.name = Array(name.utf8)
        self.isPassword = isPassword
        self.isWord = isWord
    }

    /// Where the value begins, and how it is written.
    private enum Opening {
        case nothing, undecided
        case at(Int, Value.Style)
        /// The content of an XML element.
        case element(Int)
    }

    func verdict(in window: Window, at position: Int) -> Verdict {
        guard let isHere = window.has(name, at: position, ignoringCase: true) else { return .undecided }
        guard isHere, !isWord || window[position - 1]?.isLetter != true || window.startsWord(at: position) else {
            return .nothing
        }
        switch opening(in: window, name: position) {
        case .nothing: return .nothing
        case .undecided: return .undecided
        case .at(let start, let style): return value(in: window, at: start, style: style)
        case .element(let start):
            return judge(window, at: start, style: .assigned, tail: .bare, end: UInt8(ascii: "<"))
        }
    }

    /// Looks behind the name for what leads to a value.
    private func opening(in window: Window, name position: Int) -> Opening {
        var end = position + name.count
        if window[end] == UInt8(ascii: "_"), window[end + 1]?.isDigit == true { end += 1 }
        end += window.count(of: .digits, at: end, limit: 3)
        let isClosed = window.count(of: Self.closings, at: end, limit: 8)
        let afterName = end + isClosed
        let blanks = window.count(of: .blanks, at: afterName, limit: Self.mostBlanks)
        let separator = afterName + blanks
        guard let byte = window[separator] else { return window.isOpen ? .undecided : .nothing }
        // Two at most, and the one behind them.
        if window.isOpen, separator + 3 >= window.range.upperBound { return .undecided }
        let next = window[separator + 1]
        switch byte {
        case UInt8(ascii: "="):
            guard next != UInt8(ascii: "=") else { return .nothing }
            let isEnvironment = isClosed + blanks == 0 && isAssigned(window, position)
            return .at(separator + (next == UInt8(ascii: ">") ? 2 : 1), isEnvironment ? .assigned : .bare)
        case UInt8(ascii: ":"):
            guard next != UInt8(ascii: ":") else { return .nothing }
            return .at(separator + (next == UInt8(ascii: "=") ? 2 : 1), .bare)
        case UInt8(ascii: "?") where next == UInt8(ascii: "=") || next == UInt8(ascii: ":"):
            return .at(separator + 2, .bare)
        case UInt8(ascii: "%")
        where next == UInt8(ascii: "3") && window[separator + 2]?.lowercased == UInt8(ascii: "d"):
            return .at(separator + 3, .assigned)
        case UInt8(ascii: ">") where isClosed + blanks == 0 && window[position - 1] == UInt8(ascii: "<"):
            return .element(separator + 1)
        case UInt8(ascii: ",") where isClosed > 0: return .at(separator + 1, .bare)
        default:
            return isClosed == 0 && blanks > 0 && (isOption(window, position) || isLogin(window, position))
                ? .at(separator, .assigned) : .nothing
        }
    }

    private func value(in window: Window, at separator: Int, style: Value.Style) -> Verdict {
        var style = style
        var start = separator + window.count(of: .blanks, at: separator, limit: Self.mostBlanks)
        if style == .bare, window[separator - 1] == UInt8(ascii: ":") {
            let type = window.count(of: Self.typeNames, at: start, limit: 40)
            let equals = start + type + window.count(of: .blanks, at: start + type, limit: Self.mostBlanks)
            if window.isOpen, equals + 1 >= window.range.upperBound { return .undecided }
            if type > 0, window[equals] == UInt8(ascii: "="), window[equals + 1] != UInt8(ascii: "=") {
                start = equals + 1 + window.count(of: .blanks, at: equals + 1, limit: Self.mostBlanks)
            }
        }
        let escapes = window.count(of: .backslash, at: start, limit: 16)
        guard let byte = window[start + escapes] else { return window.verdictAtEnd }
        var tail = Tail.bare
        if byte.isQuote {
            tail = .quoted(byte, escapes: escapes)
            start += escapes + 1
            style = .quoted
        } else if window[separator - 1] == UInt8(ascii: ",") {
            return .nothing
        }
        for scheme in Self.schemes {
            guard let isHere = window.has(scheme, at: start, ignoringCase: true) else { return .undecided }
            guard isHere else { continue }
            start += scheme.count + window.count(of: .blanks, at: start + scheme.count, limit: 4)
            if style == .bare { style = .assigned }
            break
        }
        return judge(window, at: start, style: style, tail: tail)
    }

    /// - Parameter last: What has to stand behind the value, if anything has to.
    private func judge(
        _ window: Window, at start: Int, style: Value.Style, tail: Tail, end last: UInt8? = nil
    ) -> Verdict {
        var end = start
        var steps = tail
        following: while end - start < Value.longest {
            switch steps.step(in: window, at: end) {
            case .goes(let count): end += count
            case .ended: break following
            case .undecided: return .undecided
            }
        }
        // What was harmless with the secret behind it is so without: redacting twice changes nothing.
        guard let isBeforeRedacted = window.has(Redacted.opening, at: end) else { return .undecided }
        if let last, end - start < Value.longest, window[end] != last { return .nothing }
        let seen = start..<min(end, start + Value.longest)
        // The same where the secret was inside of the value.
        for position in seen where window[position] == UInt8(ascii: "<") {
            guard let isRedacted = window.has(Redacted.opening, at: position) else { return .undecided }
            if isRedacted { return .nothing }
        }
        func isSecret(upTo end: Int) -> Bool {
            Value(window: window, range: start..<end, style: style, isPassword: isPassword).isSecret
        }
        var isFound = !isBeforeRedacted && isSecret(upTo: seen.upperBound)
        if !isFound, case .bare = tail {
            // Where it would end if another secret were taken out behind it.
            isFound = seen.dropFirst().contains { Tail.closes(window, at: $0) && isSecret(upTo: $0) }
        }
        return isFound ? .secret(Secret(range: start..<start, tail: tail, kind: kind)) : .nothing
    }

    /// Whether no code stands here: `TOKEN=…` in a shell, `?token=…` in a URL, `--token=…`, `_authToken=…`.
    private func isAssigned(_ window: Window, _ position: Int) -> Bool {
        if window[position]?.isUppercase == true, window[position + 1]?.isUppercase == true { return true }
        var start = position
        while position - start < 24, let byte = window[start - 1], ByteSet.base64URL.contains(byte) { start -= 1 }
        let before = window[start - 1]
        return before == UInt8(ascii: "?") || before == UInt8(ascii: "&") || window[start] == UInt8(ascii: "-")
            || window[start] == UInt8(ascii: "_")
    }

    /// Whether the name is that of an option, as in `--token …`.
    private func isOption(_ window: Window, _ position: Int) -> Bool {
        var start = position
        while position - start < 24, let byte = window[start - 1], ByteSet.base64URL.contains(byte) { start -= 1 }
        return window[start] == UInt8(ascii: "-") && window[start + 1] == UInt8(ascii: "-")
    }

    /// Whether the name is that of a password in `.netrc`: `login … password …`.
    private func isLogin(_ window: Window, _ position: Int) -> Bool {
        guard isPassword else { return false }
        let before = window.range.lowerBound..<position
        let start = before.last { window[$0] == UInt8(ascii: ">") } ?? before.lowerBound
        return (start..<position).contains { window.has(Self.login, at: $0) == true }
    }
}

extension Window {
    /// The text of a part that ends where scalars end.
    func text(_ range: Range<Int>) -> String { String(decoding: range.compactMap { self[$0] }, as: UTF8.self) }
}
