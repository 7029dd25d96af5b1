import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct FirstFailureTests {
    private struct Failed: Error {}

    @Test func `an attempt that fails ends a loop that waits, and the other attempts`() async {
        let (stream, elements) = AsyncStream.makeStream(of: Bool.self)
        for element in [false, true] { elements.yield(element) }
        await #expect(throws: Failed.self) {
            try await FirstFailure.ends { first in
                await withDiscardingTaskGroup { group in
                    for await fails in stream {
                        group.addTask {
                            await first.attempt {
                                if fails { throw Failed() }
                                try await Task.sleep(for: .seconds(1000))
                            }
                        }
                    }
                }
            }
        }
    }

    @Test func `a failure at the end of the loop is told, too`() async {
        await #expect(throws: Failed.self) {
            try await FirstFailure.ends { first in await first.attempt { throw Failed() } }
        }
    }

    @Test func `a loop that ends well ends well`() async throws {
        try await FirstFailure.ends { first in await first.attempt {} }
    }

    @Test func `who is cancelled is told so`() async {
        let task = Task {
            try await FirstFailure.ends { _ in
                for await _ in AsyncStream<Void>.makeStream().stream {}
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
