import BenchSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Measures the core behind its socket, with the journal on disk and its clients in other processes; `Scripts/bench` calls
/// it and makes statistics of what it prints.
///
///     controlbench MEASURE                           MEASURE: submit, events, burst, replay, crowd, stopped
///     controlbench attend SOCKET CLIENTS FILE        a process with so many clients
///     controlbench yield SOCKET CLIENTS FILE         the same, behind everybody else
///     controlbench listen SOCKET CLIENTS FILE        one whose clients hardly do anything
///     controlbench hand-in SOCKET COUNT FILE         a process that hands messages in
///     controlbench replay-once SOCKET CURSOR FILE    a process that reads all that was
///
/// Each line printed is a measurement, `row NAME UNIT VALUE...`, or a remark, `note TEXT`, with tabs between.
@main struct ControlBench {
    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            Report.note("failed: \(error)")
            exit(EXIT_FAILURE)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        if arguments.count == 4, let number = Int(arguments[2]) {
            switch arguments[0] {
            case "attend": return try await Attendants(arguments[1], count: number, file: arguments[3]).run()
            case "yield":
                try giveWay()
                return try await Attendants(arguments[1], count: number, file: arguments[3]).run()
            case "listen": return try Listeners(arguments[1], count: number, file: arguments[3]).run()
            case "hand-in": return try await Submitter(arguments[1], count: number, file: arguments[3]).run()
            case "replay-once": return try await Latecomer(arguments[1], last: number, file: arguments[3]).run()
            default: break
            }
        }
        guard arguments.count == 1, let measure = Measure(rawValue: arguments[0]) else {
            print("usage: controlbench \(Measure.allCases.map(\.rawValue).joined(separator: " | "))")
            exit(EX_USAGE)
        }
        try await measure.take()
    }

    /// Has this process run only while no other one wants to: as if its clients had processors of their own.
    private static func giveWay() throws {
        #if os(Linux)
            // `SCHED_IDLE`, which Glibc's module leaves out. A low priority alone is not enough: who runs keeps the
            // processor to the end of a slice of some 3 ms.
            var parameters = sched_param()
            guard sched_setscheduler(0, 5, &parameters) == 0 else { throw Failure("cannot give way") }
        #else
            _ = nice(20)
        #endif
    }
}

/// What is measured.
enum Measure: String, CaseIterable {
    case submit, events, burst, replay, crowd, stopped

    func take() async throws {
        switch self {
        case .submit: try await SubmitMeasure().take()
        case .events: try await EventMeasure().take()
        case .burst: try await BurstMeasure().take()
        case .replay: try await ReplayMeasure().take()
        case .crowd: try await CrowdMeasure().take()
        case .stopped: try await StoppedMeasure().take()
        }
    }
}
