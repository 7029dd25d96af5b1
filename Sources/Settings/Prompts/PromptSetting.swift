/// What the settings put in the place of one prompt of the program.
public enum PromptSetting: Hashable, Sendable {
    /// The text that the program has itself.
    case builtIn
    /// A text of the user's.
    case text(String)

    /// The user's text; nil for the built-in one.
    public var text: String? {
        switch self {
        case .builtIn: nil
        case .text(let text): text
        }
    }

    /// How files write ``builtIn``; a file of this name is `./built-in`.
    static let builtInName = "built-in"
}
