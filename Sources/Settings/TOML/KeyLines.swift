/// On which line each key of a TOML text stands, and a guard against texts that the TOML library cannot take.
///
/// The library tells the place of a syntax error, but not of a value. And it ends the process on some malformed
/// texts: by assertions, for instance on `[=`, `[}` and `2020-01-01 1`, and by a stack overflow on a key of a hundred
/// thousand parts, because it frees nested tables by recursion. So this scan comes before it and lets nothing pass
/// that breaks the grammar.
struct KeyLines {
    /// Why a text cannot be given to the library, and where; lines and columns count from 1.
    struct Refusal: Error {
        let line: Int
        let column: Int
        let reason: String
    }

    /// The most parts of a key, and the most brackets around a value.
    static let limit = 16

    private var lines: [String: Int] = [:]
    private var order: [(line: Int, path: String)] = []

    /// Scans `text`.
    init(_ text: String) throws(Refusal) {
        var scanner = KeyScanner(text)
        var table: [String] = []
        while let statement = try scanner.next() {
            switch statement {
            case .header(let parts, let line):
                table = parts
                record(parts, line)
            case .key(let parts, let line):
                record(table + parts, line)
            }
        }
    }

    /// The line of the key made of `parts`, or of the nearest table around it; nil when neither is known.
    func line(of parts: [String]) -> Int? {
        var parts = parts
        while !parts.isEmpty {
            if let line = lines[TOMLText.key(parts)] { return line }
            parts.removeLast()
        }
        return nil
    }

    /// The last key that starts on `line` or before it.
    func path(before line: Int) -> String? { order.last { $0.line <= line }?.path }

    /// Notes the key and the tables it makes by being there; the first mention counts.
    private mutating func record(_ parts: [String], _ line: Int) {
        for count in 1...max(1, parts.count) {
            let path = TOMLText.key(Array(parts.prefix(count)))
            if lines[path] == nil { lines[path] = line }
        }
        order.append((line, TOMLText.key(parts)))
    }
}
