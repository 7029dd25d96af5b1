/// What 200 clients that are told 100 events a second cost whoever hands something in.
struct CrowdMeasure {
    /// For 20 seconds.
    static let events = 2000
    /// For a little less.
    static let messages = 1000

    func take() async throws {
        let alone = try await submits(with: 0, "clients")
        for (role, name) in [("listen", "clients that only look at lines"), ("attend", "clients")] {
            let ratio = try await submits(with: 200, name, as: role).percentile(0.99) / alone.percentile(0.99)
            Report.note("p99 of submit is \((ratio * 100).rounded() / 100) times that without clients")
        }
    }

    private func submits(with clients: Int, _ name: String, as role: String = "attend") async throws -> [Double] {
        var submits: [Double] = []
        try await World.run { world in
            let crew = Crew(world)
            _ = try await crew.figures(crew.start("hand-in", 20))
            let attendants = try await crew.attend(clients, as: role)
            async let play: Void = world.play("act \(Self.events)")
            submits = try await crew.figures(crew.start("hand-in", Self.messages)).milliseconds
            try await play
            Report.row("submit beside 100 events/s to \(clients) \(name)", "ms", submits)
            var told = Told()
            for member in attendants { told += Told(try await crew.figures(member)) }
            try told.check(Self.events)
            guard clients > 0 else { return }
            Report.note("each of the \(clients) got each of \(Self.events) events once and in order")
            Report.row("event to its client, meanwhile", "ms", told.delays(since: world.journal.takeTimes()))
        }
        return submits
    }
}
