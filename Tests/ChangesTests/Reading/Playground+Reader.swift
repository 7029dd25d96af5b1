import Changes
import Foundation

extension Playground {
    /// A reader; `secret` is what its redactor takes out.
    func reader(
        git: String? = "git", secret: String = "s3cr3t-value", _ variables: [String: String] = [:],
        clock: any Clock<Duration> = ContinuousClock()
    ) -> DirectoryReader {
        var reader = DirectoryReader(
            storage: base + "/storage", git: git, environment: Self.environment.merging(variables) { $1 }, custody: nil,
            clock: clock
        ) { $0.replacing(secret, with: "<redacted>") }
        // A loaded machine is no failure.
        reader.timeLimit = .seconds(110)
        return reader
    }
}

extension String {
    /// The lines of an answer.
    var answerLines: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}

/// The error that `body` throws.
func failure(of body: () async throws -> String) async -> ReadingError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ReadingError
    }
}
