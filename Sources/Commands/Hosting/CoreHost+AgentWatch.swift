import AgentShell
import Conversation
import Logging

extension CoreHost {
    /// How often it is looked how the agents are.
    private static let agentPause = Duration.seconds(30)

    /// Tells when an agent goes down or comes back; throws `CancellationError` when the task is cancelled.
    func watchAgents() async throws {
        var health = AgentHealth()
        while true {
            do {
                for news in health.take(await fleet.pool.statuses()) { try await hub.notify(news) }
            } catch let error where !(error is CancellationError) {
                logger.warning("nobody could be told of an agent", metadata: ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.agentPause)
        }
    }
}
