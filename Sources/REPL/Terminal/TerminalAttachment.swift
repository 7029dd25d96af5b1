import Conversation

/// A session as the terminal follows it, from the moment that it goes there until it goes elsewhere.
struct TerminalAttachment: Sendable {
    /// Counts from 0: the session with which the terminal was started.
    let number: Int
    let session: SessionID
    let events: AsyncStream<Record>
    private let left: AsyncStream<Never>
    private let leaving: AsyncStream<Never>.Continuation

    init(number: Int, session: SessionID, events: AsyncStream<Record>) {
        self.number = number
        self.session = session
        self.events = events
        (left, leaving) = AsyncStream.makeStream()
    }

    /// Ends ``untilLeft(_:)``: the core is to know that nobody here can be asked any more.
    func leave() { leaving.finish() }

    /// Runs `body` until it returns, or is cancelled because the session was left.
    ///
    /// Called once.
    func untilLeft(_ body: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await body() }
            group.addTask { for await _ in left {} }
            await group.next()
            group.cancelAll()
        }
    }
}
