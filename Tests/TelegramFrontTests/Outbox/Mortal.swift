import HTTP
import TelegramFront

/// A program that dies at a step: from then on nothing it does has any effect.
actor Mortal {
    struct Died: Error {}

    private var stepsLeft: Int?
    private(set) var isDead = false

    /// Dies instead of step number `steps`, counted from 0; nil for never.
    init(diesAt steps: Int?) { stepsLeft = steps }

    func step() throws {
        if stepsLeft == 0 { isDead = true }
        guard !isDead else { throw Died() }
        stepsLeft = stepsLeft.map { $0 - 1 }
    }
}

/// A store that a mortal program writes to: it dies before or after what it writes is on disk.
struct MortalStore: OutboxStore {
    let base: any OutboxStore
    let mortal: Mortal

    func put(_ slots: [Slot], bot: Int64) async throws -> [Slot] {
        try await live { try await base.put(slots, bot: bot) }
    }

    func keeps(_ slot: String, bot: Int64) async throws -> Bool {
        try await live { try await base.keeps(slot, bot: bot) }
    }

    func key(of message: Int64, in chat: Int64, bot: Int64) async throws -> String? {
        try await live { try await base.key(of: message, in: chat, bot: bot) }
    }

    func place(of slot: String, bot: Int64) async throws -> (chat: Int64, number: Int64)? {
        try await live { try await base.place(of: slot, bot: bot) }
    }

    func due(of bot: Int64) async throws -> (
        slots: [Slot], holds: [Int64: Int64], losses: [Int64: ChatLoss]
    ) {
        try await live { try await base.due(of: bot) }
    }

    func note(_ stage: Slot.Stage, shown: SlotContent?, of slot: String, bot: Int64) async throws {
        try await live { try await base.note(stage, shown: shown, of: slot, bot: bot) }
    }

    func sync() async throws { try await live { try await base.sync() } }

    func hold(_ chat: Int64, until moment: Int64?, bot: Int64) async throws {
        try await live { try await base.hold(chat, until: moment, bot: bot) }
    }

    func lose(_ chat: Int64, _ loss: ChatLoss?, bot: Int64) async throws {
        try await live { try await base.lose(chat, loss, bot: bot) }
    }

    private func live<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await mortal.step()
        let result = try await body()
        try await mortal.step()
        return result
    }
}

/// A network that a mortal program uses: it dies before the request or before it reads the answer.
struct MortalClient: HTTPClient {
    let base: any HTTPClient
    let mortal: Mortal

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await mortal.step()
        let response = try await base.send(request)
        try await mortal.step()
        return response
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream { try await base.stream(request) }
}
