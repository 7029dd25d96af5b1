import BenchSupport

/// From an event's commit to its arrival in a client's stream, at 100 events a second.
struct EventMeasure {
    func take() async throws {
        for (clients, count) in [(1, 1000), (200, 1000)] {
            try await World.run { world in
                let crew = Crew(world)
                let attendants = try await crew.attend(clients)
                try await world.play("act \(count)")
                var told = Told()
                for member in attendants { told += Told(try await crew.figures(member)) }
                try told.check(count)
                Report.row(
                    "event to its client, of \(clients)", "ms", told.delays(since: world.journal.takeTimes()))
            }
        }
    }
}
