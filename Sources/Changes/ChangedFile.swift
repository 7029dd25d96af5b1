/// A file that is not what it was.
public struct ChangedFile: Hashable, Sendable {
    /// What happened to it.
    public enum Kind: Hashable, Sendable {
        case added
        case modified
        case deleted
        /// It was called `from`, and may have been modified as well.
        case renamed(from: String)
    }

    /// Where it is in the directory; bytes that are no UTF-8 are replaced.
    public var path: String
    /// What happened to it.
    public var kind: Kind
    /// Whether its content is no text, or is not shown because of its size.
    public var isBinary: Bool
    /// How many lines it has that it had not; `nil` where lines were not compared.
    public var addedLines: Int?
    /// How many lines it had that it has not; `nil` where lines were not compared.
    public var removedLines: Int?

    /// Describes a change; by itself without counts of lines.
    public init(
        path: String, kind: Kind, isBinary: Bool = false, addedLines: Int? = nil, removedLines: Int? = nil
    ) {
        self.path = path
        self.kind = kind
        self.isBinary = isBinary
        self.addedLines = addedLines
        self.removedLines = removedLines
    }
}

extension ChangedFile: CustomStringConvertible {
    /// One line: `M Sources/a.swift (+3 -1)`, `A logo.png (binary)`, `R old -> new (+0 -0)`.
    public var description: String {
        let name =
            switch kind {
            case .added: "A \(Self.quoted(path))"
            case .modified: "M \(Self.quoted(path))"
            case .deleted: "D \(Self.quoted(path))"
            case .renamed(let from): "R \(Self.quoted(from)) -> \(Self.quoted(path))"
            }
        if isBinary { return "\(name) (binary)" }
        guard let addedLines, let removedLines else { return name }
        return "\(name) (+\(addedLines) -\(removedLines))"
    }

    /// A path on one line, told from the words around it: in quotes, as git does, where it needs them.
    static func quoted(_ path: String) -> String {
        let isPlain = path.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "\\"
        }
        guard !isPlain || path.hasPrefix(" ") || path.hasSuffix(" ") || path.contains(" -> ") else { return path }
        let escaped = path.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\n": "\\n"
            case "\t": "\\t"
            case "\r": "\\r"
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\" + String(scalar.value + 0o1000, radix: 8).dropFirst()
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
