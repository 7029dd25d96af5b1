import BenchSupport
import Locking

/// How many events a second go through when they come as fast as they can.
struct BurstMeasure {
    /// As many as may wait for a client: more would reach it in larger pieces.
    private static let count = 1000
    private static let runs = 5

    func take() async throws {
        for clients in [1, 200] {
            var rates: [Double] = []
            for _ in 0..<Self.runs {
                try await World.run { world in
                    let crew = Crew(world)
                    let attendants = try await crew.attend(clients)
                    try await world.play("say \(Self.count)")
                    var told = Told()
                    for member in attendants { told += Told(try await crew.figures(member)) }
                    guard told.clients.allSatisfy({ $0.last?.number == Int64(Self.count - 1) }) else {
                        throw Failure("a client was not told the last word")
                    }
                    let end = told.clients.compactMap(\.last?.time).max() ?? 0
                    let seconds = Double(end - world.agent.began.withLock(\.self)) / 1e9
                    rates.append(Double(told.clients.reduce(0) { $0 + $1.count }) / seconds / 1000)
                }
            }
            Report.row("events through \(clients) clients, in all", "k/s", rates)
        }
    }
}
