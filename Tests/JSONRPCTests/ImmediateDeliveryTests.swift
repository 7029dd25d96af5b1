import Foundation
import JSONRPC
import Synchronization
import TestSupport
import Testing

/// What is written without waking the writing task.
@Suite(.timeLimit(.minutes(1))) struct ImmediateDeliveryTests {
    /// What was written, by a transport that takes beginnings of its own choice without waiting.
    private final class Wire: Sendable {
        private let state: Mutex<(bytes: Data, generator: SeededGenerator, atOnce: Int)>

        init(_ generator: SeededGenerator) { state = Mutex((Data(), generator, 0)) }

        /// The lines that are whole.
        var lines: [String] {
            state.withLock {
                String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                    .dropLast().map(String.init)
            }
        }

        /// How many bytes were taken without waiting.
        var atOnce: Int { state.withLock { $0.atOnce } }

        /// Takes nothing, a beginning, or all.
        func takeNow(_ bytes: Data) -> Int {
            state.withLock { state in
                let count =
                    switch Int.random(in: 0...3, using: &state.generator) {
                    case 0: 0
                    case 1: Int.random(in: 0...bytes.count, using: &state.generator)
                    default: bytes.count
                    }
                state.bytes += bytes.prefix(count)
                state.atOnce += count
                return count
            }
        }

        func take(_ bytes: Data) { state.withLock { $0.bytes += bytes } }
    }

    @Test func `lines stay whole and in order, however much of each is taken at once`() async throws {
        let seed = Seed()
        var atOnce = 0
        for round in 0..<40 {
            let wire = Wire(seed.generator(round))
            let (chunks, end) = AsyncThrowingStream<Data, any Error>.makeStream()
            let transport = StreamTransport(reading: chunks) {
                wire.takeNow($0)
            } write: {
                await Task.yield()
                wire.take($0)
            } finish: {
            }
            let connection = Connection()
            let run = Task { try await connection.run(over: transport) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Several seldom find nothing queued.
                for speaker in 0...round % 3 {
                    group.addTask {
                        for number in 0..<30 {
                            let said = Say(number: speaker * 100 + number)
                            if number % 5 == 0 {
                                try connection.notify(said)
                            } else {
                                try await connection.deliver(said)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let all = try await eventually("all lines") { wire.lines.count == (round % 3 + 1) * 30 ? wire.lines : nil }
            let numbers = try all.map { line in
                try #require(JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))["params"]?["number"])
            }
            for speaker in 0...round % 3 {
                let own = (0..<30).map { JSONValue.integer(speaker * 100 + $0) }
                #expect(numbers.filter(own.contains) == own, "seed \(seed), round \(round)")
            }
            atOnce += wire.atOnce
            end.finish()
            try await run.value
        }
        #expect(atOnce > 0)
    }

    @Test func `nothing is written past the end of a conversation`() async throws {
        let wire = Wire(Seed().generator(0))
        let (chunks, end) = AsyncThrowingStream<Data, any Error>.makeStream()
        let connection = Connection()
        let transport = StreamTransport(reading: chunks) {
            wire.takeNow($0)
        } write: {
            wire.take($0)
        } finish: {
        }
        end.finish()
        try await connection.run(over: transport)
        await #expect(throws: ConnectionError.closed) { try await connection.deliver(Say(number: 1)) }
        #expect(wire.lines.isEmpty)
    }
}
