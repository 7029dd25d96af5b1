import BenchSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Processes

/// Measures one shell against a model on this machine; `Scripts/bench` calls it and makes statistics of what it prints.
///
///     shellbench AGENT MEASURE PROGRAM    AGENT: codex, codex-mcp, copilot, command, offline
///                                         MEASURE: start, turns, ours, memory, interrupts
///     shellbench changes GIT              in the directory it was started in
///     shellbench __guard ...              a guard
///
/// `PROGRAM` is an absolute path; `offline` has none. The agent gets the environment of this program and works where it
/// was started. Each line printed is a measurement, `row NAME UNIT VALUE...`, or a remark, `note TEXT`, with tabs between.
@main struct ShellBench {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == Guard.word { Guard.main(Array(arguments.dropFirst())) }
        do {
            if let relay = Relay(environment: Surroundings.environment) { exit(try relay.run(arguments)) }
            try await measure(arguments)
        } catch {
            Report.note("failed: \(error)")
            exit(EXIT_FAILURE)
        }
    }

    private static func measure(_ arguments: [String]) async throws {
        if arguments.count == 2, arguments[0] == "changes" {
            return try await ChangesMeasure(git: arguments[1]).take()
        }
        guard arguments.count >= 2, let agent = Subject.Agent(rawValue: arguments[0]),
            let measure = Measure(rawValue: arguments[1]), agent == .offline || arguments.count == 3
        else {
            print("usage: shellbench AGENT MEASURE PROGRAM")
            exit(EX_USAGE)
        }
        try await measure.take(of: Subject(agent, program: arguments.last ?? ""))
    }
}

/// What is measured.
enum Measure: String {
    case start, turns, ours, memory, interrupts

    func take(of subject: Subject) async throws {
        switch self {
        case .start: try await StartMeasure(subject: subject).take()
        case .turns: try await TurnMeasure(subject: subject).take()
        case .ours: try await OwnShareMeasure(subject: subject).take()
        case .memory: try await MemoryMeasure(subject: subject).take()
        case .interrupts: try await InterruptMeasure(subject: subject).take()
        }
    }
}
