import BenchSupport
import Foundation
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What it costs when 50 of 200 clients do not read, and whether they have everything when they read again.
struct StoppedMeasure {
    private static let clients = 200

    func take() async throws {
        try await World.run { world in
            let crew = Crew(world)
            _ = try await crew.figures(crew.start("hand-in", 20))
            let attendants = try await crew.attend(Self.clients)
            let before = Self.ownMegabytes
            crew.signal(attendants[0], SIGSTOP)
            let memory = Locked<[Double]>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while true {
                        try await Task.sleep(for: .seconds(1))
                        memory.withLock { $0.append(Self.ownMegabytes) }
                    }
                }
                async let play: Void = world.play("act \(CrowdMeasure.events)")
                Report.row(
                    "submit while \(Crew.clientsEach) of \(Self.clients) clients do not read", "ms",
                    try await crew.figures(crew.start("hand-in", CrowdMeasure.messages)).milliseconds)
                try await play
                group.cancelAll()
            }
            Report.row("memory of the host before (RssAnon)", "MB", [before])
            Report.row("memory of the host meanwhile (RssAnon)", "MB", memory.withLock(\.self))
            Report.note(
                "second by second: " + memory.withLock { $0.map { "\(Int($0.rounded()))" }.joined(separator: " ") })
            crew.signal(attendants[0], SIGCONT)
            let start = Moment.now
            var told = Told()
            for member in attendants { told += Told(try await crew.figures(member)) }
            try told.check(CrowdMeasure.events)
            Report.row("until all have everything, when they read again", "ms", [Double(Moment.now - start) / 1e6])
            Report.note("all \(Self.clients) clients got each of \(CrowdMeasure.events) events once and in order")
        }
    }

    /// What this process shares with none; not a number where the system does not tell.
    private static var ownMegabytes: Double {
        // Not every system has it.
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return .nan }
        let field = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return (field?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? .nan) / 1024
    }
}
