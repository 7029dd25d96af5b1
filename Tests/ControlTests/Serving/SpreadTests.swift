import Testing

@testable import Control

@Suite struct SpreadTests {
    private var spread = Spread()
    private var now: UInt64 = 0

    /// Does so many pieces of work, each 10 microseconds long; returns after which of them it paused, for how long that
    /// ever took.
    private mutating func work(_ pieces: Int, pausingFor nanoseconds: UInt64 = 600_000) -> [Int] {
        var pauses: [Int] = []
        for piece in 1...pieces {
            let began = now
            now += 10_000
            guard spread.wantsPause(after: began...now) else { continue }
            pauses.append(piece)
            now += nanoseconds
            spread.resumed(at: now)
        }
        return pauses
    }

    @Test mutating func `a few are told at once`() {
        for _ in 0..<10 {
            #expect(work(Spread.pieces - 1) == [])
            now += 2 * Spread.gap
        }
    }

    @Test mutating func `a crowd is told a little spread out, each time`() {
        for _ in 0..<3 {
            #expect(work(100) == [24, 48, 72, 96])
            now += 2 * Spread.gap
        }
    }

    @Test(arguments: [600_000, 50_000_000] as [UInt64])
    mutating func `what never ends is not held up, however long a pause takes`(pause: UInt64) {
        #expect(work(10_000, pausingFor: pause).count == Spread.pauses)
        #expect(work(10_000, pausingFor: pause) == [])
    }
}
