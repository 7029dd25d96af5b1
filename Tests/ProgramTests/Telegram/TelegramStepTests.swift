import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The built program killed at every step of its journal while something that people ask is on its way, before the
    /// step and after it, with trouble at Telegram now and then; at some of the steps by chance unless there are to be a
    /// thousand kills.
    ///
    /// Off unless `CM_CHAOS` is set, and only where a library can be preloaded that does it.
    @Suite(
        .enabled(if: Chaos.kills > 0 && Mortality.isPossible, "set CM_CHAOS (make chaos), on Linux"),
        .timeLimit(.minutes(20)))
    struct TelegramStepTests {
        /// So many ways are gone beside each other, each with a program and a Telegram of its own.
        private static let width = 3
        /// Whether it dies at all moments of each way.
        private static let isWhole = Chaos.kills >= 1000
        private static let ways: [any Way.Type] = [
            AllowedWay.self, StoppedWay.self, AlertWay.self, UpgradedWay.self, ChangedWay.self, AnsweredWay.self,
            FileWay.self, CommandWay.self, PairedWay.self, AttachedWay.self, AlbumWay.self, PastedWay.self,
            QuestionWay.self,
            PlanWay.self, SteeredWay<Talking>.self, SteeredWay<Acting>.self,
        ]

        @Test func `wherever the program dies, what people ask is answered once and whole, or they are told`()
            async throws
        {
            let seed = Seed()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, way) in Self.ways.enumerated() {
                    if index >= Self.width { try await group.next() }
                    group.addTask { try await walk(way, seed, lane: index) }
                }
                try await group.waitForAll()
            }
        }

        private func walk<Course: Way>(_ course: Course.Type, _ seed: Seed, lane: Int) async throws {
            let start = ContinuousClock.now
            var walk = try StepWalk<Course>(seed, lane: lane)
            let steps: Int
            if !Self.isWhole {
                steps = try await walk.walk(Course.moments)
            } else {
                steps = try await walk.walk()
                // What goes on side by side is not always in the same order, and so one step may have been passed over.
                for _ in 1...3 where !walk.missing.isEmpty { _ = try await walk.walk() }
                #expect(walk.missing.isEmpty, "\(Course.self) met: \(walk.met.sorted())")
            }
            #expect(walk.deaths > 0)
            print(
                "\(Course.self): \(walk.deaths) kills, \(steps) steps, \((ContinuousClock.now - start) / .seconds(1)) s;",
                "faults: \(walk.faults.map { "\($0)" }.joined(separator: ", "))")
        }
    }
}
