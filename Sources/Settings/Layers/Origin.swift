/// Where a value comes from; its description is what a person calls that place.
public enum Origin: Hashable, Sendable, CustomStringConvertible {
    /// A flag of the command line, with its dashes: `--agent`.
    case flag(String)
    /// A variable of the environment.
    case environment(String)
    /// A line of a file, counted from 1; nil when it is not known.
    case file(String, line: Int?)
    /// No layer has it.
    case `default`

    /// `--agent`, `environment CODEX_MODEL`, `.env:3` or `default`.
    public var description: String {
        switch self {
        case .flag(let name): name
        case .environment(let name): "environment \(name)"
        case .file(let path, let line?): "\(path):\(line)"
        case .file(let path, nil): path
        case .default: "default"
        }
    }
}
