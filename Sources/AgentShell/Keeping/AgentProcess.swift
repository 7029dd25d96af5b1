/// A running process of an agent that has answered its handshake, and the threads open in it.
///
/// A class: one process is told from the next.
protocol AgentProcess: AnyObject, Sendable {
    /// How many threads are open.
    var threadCount: Int { get }

    /// How much of the account's limits is used, as far as the agent told.
    var limits: [String] { get }

    /// Asks for a sign of life, and lets go of threads that were not used lately.
    ///
    /// Called once a minute. Throws when there is no answer: the process is then replaced. A refusal is an answer.
    func check() async throws
}
