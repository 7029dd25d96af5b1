import Locking
import TestSupport
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1))) struct ThriftTests {
    /// Whether pages are released after each look.
    private func releases(_ looks: [(faults: Int, isBusy: Bool)]) -> [Bool] {
        var spells = Thrift.Spells()
        return looks.map { spells.isDue(after: Thrift.Look(faults: $0.faults, isBusy: $0.isBusy)) }
    }

    @Test func `pages are released once a start is over, and not while it goes on`() {
        let looks = [2000, 2100, 2110, 2110].map { (faults: $0, isBusy: false) }
        #expect(releases(looks) == [false, false, true, false])
    }

    @Test func `what waiting brings back is left where it is`() {
        let looks = [2000, 2000, 2200, 2210, 2220, 2220].map { (faults: $0, isBusy: false) }
        #expect(releases(looks) == [false, true, false, false, false, false])
    }

    @Test func `after a turn they are released again, and not before its end`() {
        let looks = [(2000, false), (2000, false), (2500, true), (2500, true), (2510, false), (2510, false)]
        #expect(releases(looks) == [false, true, false, false, true, false])
    }

    @Test func `looks become rarer, down to one a minute, and end with the task`() async {
        let clock = ManualClock(), looks = Locked(0), released = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await Thrift(clock: clock, release: { released.withLock { $0 += 1 } }) {
                    looks.withLock { $0 += 1 }
                    return .init(faults: 2000, isBusy: false)
                }.run()
            }
            var now = Duration.zero
            for pause in [0.5, 1, 2, 4, 8, 16, 32, 60, 60].map(Duration.seconds) {
                now += pause
                await clock.sleeping(until: now)
                clock.advance(by: pause)
            }
            await clock.sleeping(until: now + .seconds(60))
            group.cancelAll()
        }
        #expect(looks.withLock(\.self) == 9 && released.withLock(\.self) == 1)
    }
}
