import JSONRPC
import Testing

@testable import TestSupport

@Suite struct UpdateQueueTests {
    @Test func `whatever is asked for, what was not confirmed comes in order and what was does not`() {
        let seed = Seed()
        for round in 0..<200 {
            var random = seed.generator(round)
            var queue = UpdateQueue(firstID: 10)
            var model: [Int] = []
            for step in 0..<60 {
                let place = Comment("seed \(seed), round \(round), step \(step)")
                guard Bool.random(using: &random) else {
                    let id = queue.add("message", .integer(step), expiry: .infinity)
                    #expect(id == queue.nextID - 1, place)
                    model.append(queue.nextID - 1)
                    continue
                }
                let offset = Int.random(in: 0...queue.nextID + 1, using: &random)
                let limit = Int.random(in: 1...5, using: &random)
                model.removeAll { $0 < offset }
                #expect(queue.take(from: offset, limit: limit, now: 0).map(\.id) == Array(model.prefix(limit)), place)
                #expect(queue.pendingIDs == model, place)
            }
        }
    }

    @Test func `what expires goes, whatever stands around it`() {
        var queue = UpdateQueue(firstID: 1)
        for expiry in [30.0, 10, 20, 10, 40] { _ = queue.add("message", nil, expiry: expiry) }
        #expect(queue.take(from: 0, limit: 100, now: 9).map(\.id) == [1, 2, 3, 4, 5])
        #expect(queue.take(from: 0, limit: 100, now: 10).map(\.id) == [1, 3, 5])
        #expect(queue.take(from: 0, limit: 100, now: 30).map(\.id) == [5])
        #expect(queue.take(from: 0, limit: 100, now: 100).isEmpty)
    }

    @Test func `new numbers begin when nothing waits`() {
        var queue = UpdateQueue(firstID: 500)
        _ = queue.add("message", nil, expiry: 100)
        queue.renumber(from: 7)
        #expect(queue.add("message", nil, expiry: 100) == 501)
        #expect(queue.take(from: 502, limit: 100, now: 0).isEmpty)
        #expect(queue.add("message", nil, expiry: 100) == 7)
        #expect(queue.take(from: 502, limit: 100, now: 0).map(\.id) == [7])
        #expect(queue.confirmedOffset == 0)
    }
}
