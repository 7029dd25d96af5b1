#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the random numbers of a property test start: printed, and set by `CM_TEST_SEED` to repeat a run.
public struct Seed: Sendable, CustomStringConvertible {
    private let value: UInt64

    /// The seed that the environment asks for, else a new one.
    public init(_ test: String = #function) {
        let asked = ProcessInfo.processInfo.environment["CM_TEST_SEED"].flatMap { UInt64($0) }
        value = asked ?? .random(in: .min ... .max)
        print("CM_TEST_SEED=\(value) \(test)")
    }

    /// The generator for one round of the test.
    public func generator(_ round: Int) -> SeededGenerator { SeededGenerator(seed: value &+ UInt64(round)) }

    /// What to set `CM_TEST_SEED` to.
    public var description: String { "\(value)" }
}
