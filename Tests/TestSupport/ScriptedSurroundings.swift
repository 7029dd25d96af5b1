public import Conversation
import Synchronization

/// Surroundings that answer by the script of a test.
///
/// A class with a lock, because several sessions ask it.
public final class ScriptedSurroundings: Surroundings {
    /// A question, and where it was asked.
    public struct Asked: Hashable, Sendable {
        /// What was asked.
        public var question: SurroundingsQuestion
        /// The working directory.
        public var directory: String

        /// Describes a question.
        public init(_ question: SurroundingsQuestion, in directory: String) {
            (self.question, self.directory) = (question, directory)
        }
    }

    private let script: @Sendable (SurroundingsQuestion) async throws -> String
    private let questions = Mutex<[Asked]>([])

    /// Creates surroundings of which `script` tells.
    public init(_ script: @escaping @Sendable (SurroundingsQuestion) async throws -> String) { self.script = script }

    /// What was asked, in order.
    public var asked: [Asked] { questions.withLock { $0 } }

    /// What the script says.
    public func answer(_ question: SurroundingsQuestion, in directory: String) async throws -> String {
        questions.withLock { $0.append(Asked(question, in: directory)) }
        return try await script(question)
    }
}
