/// A length of time as people say it: `0.4 s`, `12 s`, `3 m 5 s`, `2 h 10 m`, `4 d`.
public struct Elapsed: CustomStringConvertible {
    private let milliseconds: Int64

    /// Takes a length in milliseconds.
    public init(_ milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The length, with at most two units.
    public var description: String {
        let seconds = milliseconds / 1000
        return switch seconds {
        case ..<10: "\(seconds).\(milliseconds % 1000 / 100) s"
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) m \(seconds % 60) s"
        case ..<86_400: "\(seconds / 3600) h \(seconds % 3600 / 60) m"
        default: "\(seconds / 86_400) d"
        }
    }
}

extension String {
    /// The text on one line of at most `limit` characters, with `…` where it was cut.
    public func headline(_ limit: Int) -> String {
        let line = prefix(limit * 2 + 1).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let isWhole = line.count <= limit && count <= limit * 2
        return isWhole ? line : line.prefix(limit - 1) + "…"
    }
}

extension [String] {
    /// That these names are all there is, for whoever gave another one.
    package var existing: String {
        count == 1 ? "there is only \(self[0])" : "there are \(joined(separator: ", "))"
    }
}

extension ShellStatus {
    /// One line for people.
    var line: String {
        var parts = [isReady ? "ready" : isRunning ? "starting" : "not running"]
        if let pid { parts.append("pid \(pid)") }
        if let uptimeSeconds { parts.append("up \(Elapsed(Int64(uptimeSeconds) * 1000))") }
        if threads > 0 { parts.append("\(threads) \(threads == 1 ? "thread" : "threads")") }
        if !detail.isEmpty { parts.append(detail) }
        if let lastError { parts.append("last error: \(lastError)") }
        return "\(name): " + parts.joined(separator: " · ")
    }
}
