import BenchSupport

/// From handing a message in to its acknowledgement, when it is on disk.
struct SubmitMeasure {
    private static let count = 1000

    func take() async throws {
        try await World.run { world in
            _ = try await Submitter.times(of: 50, with: world.hub)
            Report.row(
                "submit, in the same process", "ms",
                try await Submitter.times(of: Self.count, with: world.hub).milliseconds)
        }
        try await World.run { world in
            let crew = Crew(world)
            _ = try await crew.figures(crew.start("hand-in", 50))
            Report.row(
                "submit, over the socket", "ms",
                try await crew.figures(crew.start("hand-in", Self.count)).milliseconds)
        }
    }
}

extension [Int64] {
    /// Nanoseconds as milliseconds.
    var milliseconds: [Double] { map { Double($0) / 1e6 } }
}
