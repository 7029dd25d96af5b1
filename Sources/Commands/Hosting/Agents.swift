import Processes

/// What agents may not start.
enum Agents {
    /// Throws ``Failure`` when this process comes from an agent: it could answer for a person, or change what one said.
    ///
    /// `what` says in a word or two what the command does that is not for agents.
    static func refuse(_ command: String, because what: String = "talks for people") throws {
        guard let child = Lineage.childAboveThis() else { return }
        throw Failure(
            code: Failure.unavailable,
            message: """
                \(command) \(what) and is not for agents; this one comes from process \(child.pid), which cm \
                started for an agent (\(child.owner ?? "unknown")). Agents have the tools of cm's MCP server
                """)
    }
}
