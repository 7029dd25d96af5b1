import Conversation
import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct IntakeTests {
    private let intake = Intake()
    private let ann = SessionID(rawValue: "tg:5:5"), bob = SessionID(rawValue: "tg:6:6")

    private func begin(_ id: Int64, in conversation: SessionID, _ command: String? = nil, isSlow: Bool = false) {
        let message = BotMessage(id: id, date: 0, chat: BotChat(id: 5, kind: .private), text: "\(id)")
        intake.begin(
            KeptUpdate(id: id, arrivedAt: 0, kind: .message(message)), in: conversation, command: command,
            isSlow: isSlow)
    }

    @Test func `what is before it are the messages for the agent of the same conversation, in the order of arrival`() {
        for id in [9, 3] as [Int64] { begin(id, in: ann) }
        begin(4, in: ann, "steer")
        begin(5, in: ann, "new")
        begin(6, in: bob)
        begin(7, in: ann, "cancel")
        begin(8, in: ann)
        #expect(intake.messages(before: 7) == [9, 3, 4])
        intake.end([3])
        #expect(intake.stop([[9]]) == [nil])
        #expect(intake.messages(before: 7) == [4])
        #expect(intake.messages(before: 3).isEmpty)
    }

    @Test func `one is stopped or handed in, whichever is first, and an album as a whole`() async throws {
        let never = Gate()
        for id in 1...3 as ClosedRange<Int64> { begin(id, in: ann) }
        #expect(intake.enter(2) && intake.enter(2))
        #expect(intake.stop([[1, 2]]) == [2] && !intake.isStopped(1))
        #expect(intake.stop([[1, 3]]) == [nil] && intake.isStopped(1) && intake.isStopped(3))
        #expect(!intake.enter(1) && !intake.enter(3))
        let stopped = try await intake.unlessStopped(3) {
            try await never.pass()
            return true
        }
        let other = try await intake.unlessStopped(2) { true }
        #expect(stopped == nil && other == true)
        intake.end([1, 2, 3])
        #expect(!intake.isStopped(1))
        // Nobody waits for what is through.
        try await intake.ended(2)
    }

    @Test func `several are stopped at once, and none that was dealt with meanwhile`() {
        for id in 1...4 as ClosedRange<Int64> { begin(id, in: ann) }
        #expect(intake.enter(3))
        intake.end([2])
        #expect(intake.stop([[1], [2], [3], [4]]) == [nil, 2, 3, nil])
        #expect([1, 2, 3, 4].filter(intake.isStopped) == [1, 4])
    }

    @Test func `an album that is joined meanwhile is stopped by the one that says what all say`() {
        for id in 1...3 as ClosedRange<Int64> { begin(id, in: ann) }
        intake.end([2, 3])
        #expect(intake.stop([[1, 2, 3]]) == [nil] && intake.isStopped(1))
    }
}
