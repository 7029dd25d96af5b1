/// A failure of an agent's program, as opposed to one of a turn that the agent itself reports.
public struct AgentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The failures that the core treats differently.
    public enum Code: Hashable, Sendable {
        /// It cannot be started or does not answer. Nothing of the turn reached it.
        case unavailable
        /// It died, or had to be replaced, while a turn ran.
        case died
        /// It answered that it will not do what was asked.
        case refused
    }

    /// Which failure it is.
    public var code: Code
    /// One line that a person can act on; without secrets.
    public var description: String

    /// Creates an error from its parts.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
