import Processes

/// What agents may not start.
enum Agents {
    /// Throws ``Failure`` when this process comes from an agent: it could answer for a person.
    static func refuse(_ command: String) throws {
        guard let child = Lineage.childAboveThis() else { return }
        throw Failure(
            code: Failure.unavailable,
            message: """
                \(command) talks for people and is not for agents; this one comes from process \(child.pid), which cm \
                started for an agent (\(child.owner ?? "unknown")). Agents have the tools of cm's MCP server
                """)
    }
}
