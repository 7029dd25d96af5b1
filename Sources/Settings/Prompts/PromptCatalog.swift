/// What settings know of the prompts of the program: which ones files can replace, and what they may hold.
public struct PromptCatalog: Sendable {
    /// A prompt that files can replace.
    public struct Entry: Sendable {
        /// What it is called.
        public let name: String
        /// What an earlier system calls it in the project's file; nil for nothing else.
        public let earlierName: String?
        /// The names that stand for values in it.
        public let variables: [String]

        /// Creates an entry from its parts.
        public init(_ name: String, earlierName: String? = nil, variables: [String]) {
            self.name = name
            self.earlierName = earlierName
            self.variables = variables
        }
    }

    /// Those that files can replace, in the order in which they are told.
    let entries: [Entry]
    /// The names that stand for values in the prompt of a role.
    let roleVariables: [String]
    private let names: @Sendable (String) -> [String]

    /// The most wrong variables that are told of one text.
    private static let shownVariables = 5

    /// Creates a catalog; `names` finds what a text has in double braces.
    public init(_ entries: [Entry], roleVariables: [String], names: @escaping @Sendable (String) -> [String]) {
        self.entries = entries
        self.roleVariables = roleVariables
        self.names = names
    }

    /// No prompt can be replaced, and no text is looked into.
    public static let empty = PromptCatalog([], roleVariables: []) { _ in [] }

    /// What to tell about the names in `text` that are none of `variables`, one sentence each.
    func remarks(on text: String, variables: [String]) -> [String] {
        let wrong = names(text).filter { !variables.contains($0) }
        return wrong.prefix(Self.shownVariables).map { name in
            let nearest = Suggestion.nearest(to: name, among: variables)
            let hint = nearest.map { "did you mean \(Self.braced($0))?" } ?? Self.list(of: variables)
            return "\(Self.braced(Shown.plain(name))) is no variable; \(hint)"
        }
    }

    private static func list(of variables: [String]) -> String {
        variables.isEmpty ? "there are none here" : "here are " + variables.map(braced).joined(separator: ", ")
    }

    private static func braced(_ name: String) -> String { "{{\(name)}}" }
}
