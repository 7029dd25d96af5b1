extension FakeTelegram {
    /// All calls up to now, oldest first; of very many only the last.
    public var calls: [RecordedCall] { desk.read(\.calls) }

    /// The calls of `method`.
    public func calls(of method: String) -> [RecordedCall] {
        calls.filter { $0.method.lowercased() == method.lowercased() }
    }

    /// What the bot said to the presses of buttons.
    public var answersToCallbacks: [CallbackAnswer] { desk.read(\.callbackAnswers) }

    /// What the bot says to the press of this number, once it does.
    ///
    /// Throws ``NeverHappened`` with all chats after `timeout`.
    public func answer(to press: String, timeout: Duration = .seconds(20)) async throws -> String {
        let answer = try await desk.bell.value(within: timeout) {
            answersToCallbacks.first { $0.query == press }?.text
        }
        if let answer { return answer }
        throw NeverHappened(description: "no answer to the press \(press) within \(timeout)\n\(rendered)")
    }

    /// The bot's menu for everybody.
    public var commands: [ShownCommand] { commands(in: "") }

    /// The bot's menu for a scope such as `all_private_chats`, with `/de` after it for a language.
    public func commands(in scope: String) -> [ShownCommand] { desk.read { $0.menus[scope] ?? [] } }

    /// What the bot showed itself doing.
    public var actions: [ChatAction] { desk.read(\.actions) }

    /// How many polls wait now.
    public var waitingPolls: Int { desk.read(\.seats.count) }

    /// The most polls that waited at one time; 2 when there was ever a second poller.
    public var mostPollsAtOnce: Int { desk.read(\.seats.mostAtOnce) }

    /// The highest offset that was asked for: what is below is confirmed.
    public var confirmedOffset: Int { desk.read(\.updates.confirmedOffset) }

    /// The numbers of the updates that are not confirmed.
    public var pendingUpdates: [Int] { desk.read(\.updates.pendingIDs) }

    /// The most messages and edits to `chat` within one second.
    public func busiestSecond(in chat: FakeChat) -> Int { desk.read { $0.flood.most(chat.id) } }

    /// All chats for people to read.
    public var rendered: String {
        desk.read { world in
            world.chats.values.sorted { $0.id < $1.id }.map(\.transcript.rendered).joined(separator: "\n\n")
        }
    }

    /// Waits for a call of `method` for which `isIt` is true, looking at those from number `start` on.
    ///
    /// Only calls that were answered count, unless `outcome` is not waited for. Throws ``NeverHappened`` with all chats
    /// after `timeout`.
    @discardableResult public func waitForCall(
        _ method: String, from start: Int = 0, timeout: Duration = .seconds(20),
        where isIt: (RecordedCall) -> Bool = { _ in true }
    ) async throws -> RecordedCall {
        let call = try await desk.bell.value(within: timeout) {
            calls(of: method).first { $0.index >= start && $0.outcome != .waiting && isIt($0) }
        }
        if let call { return call }
        let seen = calls.suffix(20).map(\.description).joined(separator: "\n")
        throw NeverHappened(description: "no such call of \(method) within \(timeout); the last:\n\(seen)\n\(rendered)")
    }

    /// Waits until the bot waits for updates.
    public func waitForPoll(timeout: Duration = .seconds(20)) async throws {
        try await wait(for: "a poll", timeout: timeout) { $0.waitingPolls > 0 }
    }

    /// Waits until something is true of the server, which is asked after each change.
    public func wait(
        for what: String, timeout: Duration = .seconds(20), until isTrue: (FakeTelegram) -> Bool
    ) async throws {
        let isThere = try await desk.bell.value(within: timeout) { isTrue(self) ? true : nil }
        guard isThere == nil else { return }
        throw NeverHappened(description: "not within \(timeout): \(what)\n\(rendered)")
    }
}
