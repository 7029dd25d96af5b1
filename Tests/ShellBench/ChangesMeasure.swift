import BenchSupport
import Changes
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How long it takes to keep the state of the directory this program was started in, and to tell what changed there.
struct ChangesMeasure {
    let git: String

    private var environment: [String: String] { Surroundings.environment }
    private var temporary: String { environment["TMPDIR"] ?? "/tmp" }

    func take() async throws {
        try await time("snapshot, the first", 5, fresh: true) { _, tracker in _ = try await snapshot(tracker) }
        try await time("snapshot, later ones", 10) { _, tracker in _ = try await snapshot(tracker) }
        let before = try await snapshot(tracker(in: "storage"))
        try await time("changes, nothing changed", 10) { _, tracker in _ = try await changes(tracker, since: before) }
        try await time("changes, 30 files changed", 10) { round, tracker in
            for number in 0..<30 {
                try Data("round \(round)\n".utf8).write(to: URL(filePath: "\(Surroundings.directory)/changed\(number)"))
            }
            let report = try await changes(tracker, since: before)
            guard report.files.count == 30 else { throw Failure("\(report.files.count) files changed") }
        }
    }

    private func tracker(in storage: String) -> ChangeTracker {
        // Without guards: what git and we take.
        ChangeTracker(storage: "\(temporary)/\(storage)", git: git, environment: environment, custody: nil)
    }

    private func snapshot(_ tracker: ChangeTracker) async throws -> SnapshotID {
        try await tracker.snapshot(of: Surroundings.directory)
    }

    private func changes(_ tracker: ChangeTracker, since before: SnapshotID) async throws -> ChangeReport {
        try await tracker.changes(in: Surroundings.directory, since: before, limit: 60_000)
    }

    private func time(
        _ name: String, _ runs: Int, fresh: Bool = false, _ body: (Int, ChangeTracker) async throws -> Void
    ) async throws {
        var times: [Double] = []
        for run in 0..<runs {
            let start = Surroundings.now
            try await body(run, tracker(in: fresh ? "storage\(run)" : "storage"))
            times.append(Double(Surroundings.now - start) / 1e6)
        }
        Report.row(name, "ms", times)
    }
}
