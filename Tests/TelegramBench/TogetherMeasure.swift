import BenchSupport
import Foundation
import TestSupport

/// How long ten messages take that come at once.
struct TogetherMeasure {
    private static let count = 10

    func take() async throws {
        let stage = try CodexStage(people: Self.count)
        let chats = stage.people.map { stage.telegram.privateChat(with: $0) }
        try await stage.ask(0, in: chats[0], waits: true)
        var start = moment()
        for number in 1...Self.count { try await stage.ask(number, in: chats[0], waits: false) }
        for number in 1...Self.count { try await stage.answer(number, in: chats[0]) }
        Report.row("ten messages at once in one chat, all answered", "ms", [(moment() - start) * 1e3])
        start = moment()
        for person in 0..<Self.count {
            try await stage.ask(100 + person, in: chats[person], by: person, waits: false)
        }
        for person in 0..<Self.count { try await stage.answer(100 + person, in: chats[person]) }
        Report.row("one message in ten chats at once, all answered", "ms", [(moment() - start) * 1e3])
    }
}
