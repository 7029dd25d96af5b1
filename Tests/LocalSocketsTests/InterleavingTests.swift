import Foundation
import LocalSockets
import TestSupport
import Testing

@Suite struct InterleavingTests {
    /// What is written, so that each byte's place shows.
    private static let text = (0..<8 * 400_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    /// Set to 1,000 and more to look for what is rare.
    private static let rounds = ProcessInfo.processInfo.environment["CM_TEST_ROUNDS"].flatMap { Int($0) } ?? 50

    @Test(.timeLimit(.minutes(10)))
    func `any interleaving of writes, closes and cancels ends, and what arrives is a beginning`() async throws {
        let seed = Seed()
        for round in 0..<Self.rounds {
            var random = seed.generator(round)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let generator = SeededGenerator(seed: random.next())
                    group.addTask { try await interleave(generator, "seed \(seed), round \(round)") }
                }
                try await group.waitForAll()
            }
        }
    }

    private func interleave(_ generator: SeededGenerator, _ round: Comment) async throws {
        var random = generator
        let (left, right) = try await connectedPair()
        let tasks = [(left, right), (right, left)].map { from, to in
            let sizes = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                Int.random(in: 0...(Bool.random(using: &random) ? 100 : 400_000), using: &random)
            }
            let writing = Task {
                var next = 0
                for size in sizes {
                    try await from.write(Data(Self.text[next..<next + size]))
                    next += size
                }
                from.finish()
            }
            let reading = Task {
                var next = 0
                for try await chunk in to.chunks {
                    guard Self.text.holds(chunk, at: next) else { throw Garbled() }
                    next += chunk.count
                }
                return next == sizes.reduce(0, +)
            }
            return (writing, reading)
        }
        var isDisturbed = false
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            for _ in 0..<Int.random(in: 0...30, using: &random) { await Task.yield() }
            let (writing, reading) = tasks[Int.random(in: 0...1, using: &random)]
            isDisturbed = true
            switch Int.random(in: 0...5, using: &random) {
            case 0: left.close()
            case 1: right.close()
            case 2: writing.cancel()
            case 3: reading.cancel()
            case 4: left.finish()
            default: right.finish()
            }
        }
        // Whoever reads no more would hold back the other for ever.
        if isDisturbed {
            for _ in 0..<Int.random(in: 0...100, using: &random) { await Task.yield() }
            left.close()
            right.close()
        }
        for (writing, reading) in tasks {
            _ = await writing.result
            switch await reading.result {
            case .success(let isWhole): #expect(isWhole || isDisturbed, round)
            case .failure(let error): #expect(isDisturbed && !(error is Garbled), round)
            }
        }
    }

    private struct Garbled: Error {}
}

extension [UInt8] {
    fileprivate func holds(_ chunk: [UInt8], at place: Int) -> Bool {
        guard place + chunk.count <= count else { return false }
        return withUnsafeBytes { all in
            chunk.withUnsafeBytes { memcmp($0.baseAddress!, all.baseAddress! + place, $0.count) == 0 }
        }
    }
}
