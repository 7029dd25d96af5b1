import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ManualClockTests {
    private let clock = ManualClock()

    @Test func `who waits for a moment waits for whom it is the end of`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in try await clock.sleep(for: .seconds(10)) }
            await clock.sleeping(until: .seconds(10))
            #expect(clock.sleeps(until: .seconds(10)) == 1 && clock.sleeps(until: .seconds(5)) == 0)
            clock.advance(by: .seconds(4))
            group.addTask { [clock] in try await clock.sleep(for: .seconds(1)) }
            await clock.sleeping(until: .seconds(5))
            clock.advance(by: .seconds(6))
            try await group.waitForAll()
        }
    }

    @Test func `a sleep that was given up counts, and does not hide the next one`() async throws {
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in try await clock.sleep(for: .seconds(5)) }
            await clock.sleeping(until: .seconds(5))
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.waitForAll() }
        }
        await clock.sleeping(until: .seconds(5))
        #expect(clock.sleeps(until: .seconds(5)) == 1)
        async let late: Void = clock.sleep(for: .seconds(5))
        await clock.sleeping(until: .seconds(5), count: 2)
        clock.advance(by: .seconds(5))
        try await late
    }

    @Test func `who waits for a sleeper that does not come is let go when nobody waits any more`() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in await clock.sleeping() }
            group.addTask { [clock] in await clock.sleeping(until: .seconds(1)) }
            group.cancelAll()
        }
        #expect(clock.now.offset == .zero)
    }
}
