import Conversation
import JSONRPC
import Logging

/// The events of one session on their way to a client.
struct ServedSubscription: Sendable {
    let number: Int
    let feed: EventFeed
    /// Ends when the client gives the subscription up.
    let ended: AsyncStream<Never>
    /// What makes its lines, which other clients are told, too.
    let lines: EventLines
    /// Where it is told.
    let telling: TellingQueue

    /// Tells the client event by event, each when the one before is written, until there are no more, it gives up the
    /// subscription, or the task is cancelled.
    func run(through connection: Connection, _ logger: Logger) async {
        await withTaskGroup { group in
            group.addTask(executorPreference: telling, priority: .utility) { await tell(connection, logger) }
            group.addTask { for await _ in ended {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func tell(_ connection: Connection, _ logger: Logger) async {
        do {
            do {
                try await feed.forEach { try await connection.deliver(line: lines.line(for: $0, to: number)) }
                try await connection.deliver(ControlNotice.Ended(subscription: number, reason: "deleted"))
            } catch let error as HubError {
                let reason = error.code == .closed ? "closed" : error.description
                try await connection.deliver(ControlNotice.Ended(subscription: number, reason: reason))
            } catch let error where !(error is CancellationError || error is ConnectionError) {
                logger.error("the events of a session cannot be read", metadata: ["error": "\(error)"])
                try await connection.deliver(ControlNotice.Ended(subscription: number, reason: "\(error)"))
            }
        } catch {
            // The client has gone, or wants no more.
            logger.trace("a subscription ended early", metadata: ["error": "\(type(of: error))"])
        }
    }
}
