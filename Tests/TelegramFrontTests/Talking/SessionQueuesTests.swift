import Conversation
import Testing

@testable import TelegramFront

@Suite struct SessionQueuesTests {
    private let five = SessionID(rawValue: "tg:5:5"), six = SessionID(rawValue: "tg:6:6")

    @Test func `what is said in a conversation is dealt with in order, by one at a time`() {
        var queues = SessionQueues<Int>()
        #expect(queues.add(1, to: five) == true)
        #expect(queues.add(2, to: five) == false)
        #expect(queues.add(9, to: six) == true)
        let first = queues.next(in: five)?.element
        // Added while the first is dealt with.
        #expect(queues.add(3, to: five) == false)
        let rest = [queues.next(in: five)?.element, queues.next(in: five)?.element]
        #expect(first == 1 && rest == [2, 3])
        // Whoever dealt with the last is still there until it has asked for more.
        #expect(queues.add(4, to: five) == false)
        #expect(queues.next(in: five)?.element == 4)
        #expect(queues.next(in: five) == nil)
        #expect(queues.add(5, to: five) == true)
    }

    @Test func `what belongs to what is dealt with is taken out of its place, and the rest stays in order`() {
        var queues = SessionQueues<Int>()
        for number in 1...6 { _ = queues.add(number, to: five) }
        #expect(queues.next(in: five)?.element == 1)
        var taken: [Int] = []
        for session in [five, six] {
            queues.take(in: session) { number in
                if number % 2 == 1 { taken.append(number) }
                return number % 2 == 1
            }
        }
        #expect(taken == [3, 5])
        let rest = (0..<4).map { _ in queues.next(in: five)?.element }
        #expect(rest == [2, 4, 6, nil])
    }

    @Test func `what passes goes the way that is open, in order, and waits in its place when there is none`() async {
        var queues = SessionQueues<Int>()
        _ = queues.add(1, .slow, to: five)
        _ = queues.add(2, .passing, to: five)
        _ = queues.add(3, to: five)
        _ = queues.add(4, .passing, to: five)
        #expect(queues.next(in: five)?.pace == .slow)
        let (passing, way) = AsyncStream.makeStream(of: Int.self)
        queues.open(way, in: five)
        #expect(queues.add(5, .passing, to: five) == false)
        #expect(queues.add(6, to: five) == false)
        #expect(queues.add(7, .passing, to: six) == true)
        queues.closeWay(in: five)
        #expect(queues.add(8, .passing, to: five) == false)
        var passed: [Int] = []
        for await number in passing { passed.append(number) }
        let rest = (0..<4).map { _ in queues.next(in: five)?.element }
        #expect(passed == [2, 4, 5] && rest == [3, 6, 8, nil])
    }

    @Test func `ten thousand strangers leave nothing behind`() {
        var queues = SessionQueues<Int>()
        let strangers = (1...10_000).map { SessionID(rawValue: "tg:\($0):\($0)") }
        for stranger in strangers { #expect(queues.add(0, to: stranger) == true) }
        #expect(queues.count == 10_000)
        for stranger in strangers { while queues.next(in: stranger) != nil {} }
        #expect(queues.count == 0)
    }
}
