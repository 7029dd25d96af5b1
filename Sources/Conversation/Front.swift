/// A place where people talk to agents.
///
/// A port: terminals and bots conform.
public protocol Front: Sendable {
    /// Carries messages and events between people and `core` until the people leave or the task is cancelled.
    func run(_ core: any Core) async throws
}
