/// The variables of one `.env` file.
public struct DotEnv: Hashable, Sendable {
    /// One variable.
    public struct Entry: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its value without quotes; may be empty and may have line breaks.
        public let value: String
        /// The line it starts on, from 1.
        public let line: Int
    }

    /// A line that is not understood.
    public struct Problem: Hashable, Sendable {
        /// Its number, from 1.
        public let line: Int
        /// What is wrong; quotes nothing of the line, which may hold a secret.
        public let reason: String
    }

    /// All variables in the order of the file; a name may come again.
    public internal(set) var entries: [Entry] = []
    /// What was not understood, in the order of the file.
    public internal(set) var problems: [Problem] = []

    /// The variables by name; of several with one name the last wins, as in a shell.
    public var values: [String: String] {
        Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// Reads `text`; what is malformed becomes a problem and the rest is read on.
    ///
    /// Understands `NAME=value`, `export`, values in single quotes (literal) and in double quotes (with the escapes
    /// `\n \t \" \\ \$`; others stay as they are), both over several lines, and comments on lines of their own or
    /// after white space. Expands no variables.
    public init(parsing text: String) {
        var parser = DotEnvParser(text)
        while let result = parser.next() {
            switch result {
            case .success(let entry): entries.append(entry)
            case .failure(let failure): problems.append(failure.problem)
            }
        }
    }
}
