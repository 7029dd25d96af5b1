import BenchSupport

/// What 200 clients that are told 100 events a second cost whoever hands something in.
struct CrowdMeasure {
    /// How often each kind is measured, in turn, as the machine is not the same from minute to minute.
    static let rounds = 5
    /// For 8 seconds.
    static let events = 800
    /// For a little less.
    static let messages = 400

    private enum Kind: String, CaseIterable {
        case none, listen, yield, attend

        var title: String {
            switch self {
            case .none: "no clients"
            case .listen: "200 clients that only look at lines"
            case .yield: "200 clients that run only while nobody else does"
            case .attend: "200 clients"
            }
        }
    }

    func take() async throws {
        var submits: [Kind: [Double]] = [:], delays: [Kind: [Double]] = [:]
        for _ in 0..<Self.rounds {
            for kind in Kind.allCases {
                let figures = try await round(kind)
                submits[kind, default: []] += figures.submits
                delays[kind, default: []] += figures.delays
            }
        }
        for kind in Kind.allCases {
            guard let took = submits[kind], let alone = submits[.none] else { continue }
            Report.row("submit beside 100 events/s to \(kind.title)", "ms", took)
            guard kind != .none, let told = delays[kind] else { continue }
            let ratio = took.percentile(0.99) / alone.percentile(0.99)
            Report.note("p99 of submit is \((ratio * 100).rounded() / 100) times that without clients")
            Report.row("event to its client, meanwhile", "ms", told)
        }
        Report.note("each of the 200 got each of \(Self.events) events once and in order, \(Self.rounds) times")
    }

    private func round(_ kind: Kind) async throws -> (submits: [Double], delays: [Double]) {
        var figures: (submits: [Double], delays: [Double]) = ([], [])
        try await World.run { world in
            let crew = Crew(world)
            _ = try await crew.figures(crew.start("hand-in", 20))
            let attendants = try await crew.attend(kind == .none ? 0 : 200, as: kind.rawValue)
            async let play: Void = world.play("act \(Self.events)")
            figures.submits = try await crew.figures(crew.start("hand-in", Self.messages)).milliseconds
            try await play
            var told = Told()
            for member in attendants { told += Told(try await crew.figures(member)) }
            try told.check(Self.events)
            figures.delays = told.delays(since: world.journal.takeTimes())
        }
        return figures
    }
}
