import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct StrangersTests {
    private static let hour = StrangerLog.apart

    private let memory = InMemoryMemory { 0 }

    private func keys(
        _ user: Int64, at now: Int64, by strangers: Strangers? = nil, saying told: String? = nil
    ) async throws -> [String] {
        try await (strangers ?? Strangers(memory, of: 7)).slots(
            turningAway: BotUser(id: user, firstName: "Eve"), in: user, at: now, saying: told, owner: 5
        ).map(\.key)
    }

    @Test func `the owner is told of ten in an hour by name, and of the rest in one word`() async throws {
        let strangers = Strangers(memory, of: 7)
        var notices: [String] = []
        for number in 1...50 { notices += try await keys(Int64(number), at: 1_000, by: strangers).suffix(1) }
        #expect(Set(notices).count == 11)
        #expect(notices[0] == "stranger/1/1000/owner" && notices[49] == "strangers/1000/owner")
        // The same again is the same message, and an hour later it is another one.
        let again = try await keys(1, at: 2_000, by: strangers)
        #expect(again.last == notices[0])
        let next = try await keys(50, at: 1_000 + Self.hour, by: strangers)
        #expect(next.last == "stranger/50/\(1_000 + Self.hour)/owner")
    }

    @Test func `an hour is from the last word on, and not one of the clock's`() async throws {
        let before = 11 * Self.hour - 60_000, after = 11 * Self.hour + 60_000
        let first = try await keys(1, at: before)
        #expect(first == ["stranger/1/\(before)", "stranger/1/\(before)/owner"])
        // Another process knows it as well.
        let soon = try await keys(1, at: after)
        #expect(soon == first)
        let last = try await keys(1, at: before + Self.hour - 1)
        #expect(last == first)
        let second = try await keys(1, at: before + Self.hour)
        #expect(Set(second).isDisjoint(with: first))
        // What is wrong with a code is another word, once an hour as well.
        let code = try await keys(1, at: before + Self.hour, saying: "no code")
        #expect(code[0] != second[0] && code[1] == second[1])
        let repeated = try await keys(1, at: before + Self.hour + 1, saying: "no code")
        #expect(repeated == code)
    }

    @Test func `after restarts no more are named than before`() async throws {
        var notices: Set<String> = []
        for number in 1...40 { notices.formUnion(try await keys(Int64(number), at: Int64(number)).suffix(1)) }
        #expect(notices.count == 11)
    }

    @Test func `thousands leave little behind, and are told nothing more than once`() async throws {
        let strangers = Strangers(memory, of: 7)
        var told: Set<String> = [], count = 0
        for number in 1...1_500 {
            let slots = try await keys(Int64(number), at: 1_000, by: strangers)
            count += slots.count - 1
            told.formUnion(slots.dropLast())
        }
        #expect(count == StrangerLog.mostTold && told.count == count)
        let kept = try #require(await memory.note(Strangers.name, of: 7))
        #expect(kept.utf8.count < 100_000)
        // A clock that was set back does not keep them for ever.
        let back = try await keys(1, at: 1_000 - Self.hour, by: strangers)
        #expect(back.count == 2)
        let left = try #require(await memory.note(Strangers.name, of: 7))
        #expect(left.utf8.count < 200)
    }

    @Test func `what another version kept is no reason to tell nobody anything`() async throws {
        await memory.write("[7]", as: Strangers.name, of: 7)
        let told = try await keys(1, at: 1_000)
        #expect(told.count == 2)
    }
}
