@testable import TelegramFront

/// An inbox that keeps updates in memory. An actor, because pollers come and go.
actor InMemoryInbox: UpdateInbox {
    private var offset: Int64?
    private var kept: [KeptUpdate] = []
    private var closed: Set<Int64> = []
    private var stopping: (@Sendable () async -> Void)?

    func offset(of bot: Int64) -> Int64? { offset }

    func keep(_ updates: [KeptUpdate], offset: Int64, ignored: Bool, of bot: Int64) -> [KeptUpdate] {
        var new: [KeptUpdate] = []
        for update in updates where !kept.contains(where: { $0.id == update.id }) {
            kept.append(update)
            new.append(update)
            if ignored { closed.insert(update.id) }
        }
        self.offset = offset
        return new
    }

    func sync() {}

    func open(of bot: Int64) -> [KeptUpdate] { kept.filter { !closed.contains($0.id) } }

    func open(_ updates: [Int64], of bot: Int64) -> [KeptUpdate] { open(of: bot).filter { updates.contains($0.id) } }

    /// Has `body` done before it is kept what something stops.
    func beforeStop(_ body: @escaping @Sendable () async -> Void) { stopping = body }

    func seal(_ update: KeptUpdate, absorbing others: [Int64], of bot: Int64) async {
        if update.stop != nil { await stopping?() }
        for index in kept.indices where kept[index].id == update.id { kept[index] = update }
        closed.formUnion(others)
    }

    func close(_ update: Int64, of bot: Int64) { closed.insert(update) }
}
