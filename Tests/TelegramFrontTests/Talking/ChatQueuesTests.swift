import Testing

@testable import TelegramFront

@Suite struct ChatQueuesTests {
    @Test func `what is said in a chat is dealt with in order, by one at a time`() {
        var queues = ChatQueues<Int>()
        #expect(queues.add(1, to: 5) == true)
        #expect(queues.add(2, to: 5) == false)
        #expect(queues.add(9, to: 6) == true)
        let first = queues.next(in: 5)
        // Added while the first is dealt with.
        #expect(queues.add(3, to: 5) == false)
        let rest = [queues.next(in: 5), queues.next(in: 5)]
        #expect(first == 1 && rest == [2, 3])
        // Whoever dealt with the last is still there until it has asked for more.
        #expect(queues.add(4, to: 5) == false)
        #expect(queues.next(in: 5) == 4)
        #expect(queues.next(in: 5) == nil)
        #expect(queues.add(5, to: 5) == true)
    }

    @Test func `what belongs to what is dealt with is taken out of its place, and the rest stays in order`() {
        var queues = ChatQueues<Int>()
        for number in 1...6 { _ = queues.add(number, to: 5) }
        #expect(queues.next(in: 5) == 1)
        #expect(queues.take(in: 5) { $0 % 2 == 1 } == [3, 5])
        #expect(queues.take(in: 6) { _ in true } == [])
        let rest = [queues.next(in: 5), queues.next(in: 5), queues.next(in: 5), queues.next(in: 5)]
        #expect(rest == [2, 4, 6, nil])
    }

    @Test func `ten thousand strangers leave nothing behind`() {
        var queues = ChatQueues<Int>()
        for stranger in Int64(1)...10_000 { #expect(queues.add(0, to: stranger) == true) }
        #expect(queues.count == 10_000)
        for stranger in Int64(1)...10_000 { while queues.next(in: stranger) != nil {} }
        #expect(queues.count == 0)
    }
}
