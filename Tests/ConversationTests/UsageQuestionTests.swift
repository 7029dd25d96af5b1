import Testing

@testable import Conversation

/// What may follow `/usage`.
@Suite struct UsageQuestionTests {
    @Test(arguments: [
        ([], UsageQuestion()), (["all"], UsageQuestion(ofAll: true)), (["day"], UsageQuestion(by: .days)),
        (["Days", "ALL"], UsageQuestion(ofAll: true, by: .days)), (["agents"], UsageQuestion(by: .agents)),
        (["all", "turn"], UsageQuestion(ofAll: true, by: .turns)),
    ])
    func `topics are read in singular and plural, with and without all`(
        words: [String], question: UsageQuestion
    ) throws {
        #expect(try UsageQuestion(words) == question)
    }

    @Test(arguments: [
        (["week"], "usage is not told by 'week'"), (["all", "all"], "that is more than one question"),
        (["roles", "days"], "that is more than one question"),
    ])
    func `anything else is told to be wrong`(words: [String], why: String) {
        let misuse = #expect(throws: UsageQuestion.Misuse.self) { try UsageQuestion(words) }
        #expect(misuse?.why == why)
    }

    @Test func `sessions are always those of all`() {
        #expect(UsageQuestion(by: .sessions).scope(in: SessionID(rawValue: "tty:a")) == .workspace)
    }
}
