import Synchronization
import TestSupport

/// An agent that plays all roles, answers at once, and notes when it was asked.
///
/// A class with a lock, because the script is a closure that all its threads share.
final class MeasuredAgent: Sendable {
    private static let answers = [
        #"{"mode":"plan","reason":"to measure"}"#, "the plan", "the answer", #"{"result":"approved","feedback":""}"#,
    ]

    private let asked = Mutex<[ContinuousClock.Instant]>([])

    /// From one message to the next of the same turn.
    var gaps: [Duration] {
        let asked = asked.withLock { $0 }
        return zip(asked.indices, zip(asked, asked.dropFirst())).compactMap { index, pair in
            (index + 1).isMultiple(of: Self.answers.count) ? nil : pair.0.duration(to: pair.1)
        }
    }

    /// The agent as the core knows it.
    var shell: ScriptedShell {
        ScriptedShell { [self] _ in
            let number = asked.withLock { asked in
                asked.append(.now)
                return asked.count - 1
            }
            return .answer(Self.answers[number % Self.answers.count])
        }
    }
}
