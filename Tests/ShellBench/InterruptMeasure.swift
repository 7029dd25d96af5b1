import BenchSupport
import Conversation
import Processes

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// From the request to stop a turn that is being answered to the end of the turn.
///
/// That is the agent's word, and a relay notes what the agent needed for it. Where the shell stops a turn by ending the
/// process, the turn ends at once, and the end of the processes is measured as well.
struct InterruptMeasure {
    private static let prompt = "[[say: word]] [[count: 5000]] [[delay: 0.01]]"
    private static let count = 50

    let subject: Subject

    func take() async throws {
        guard subject.isInterruptible else { return Report.note("interrupts: none, its turns end at once") }
        guard let words = subject.interruptWords else { return try await takeEndingProcesses() }
        let (relayed, log) = subject.relayed(inward: words.request, outward: words.confirmation)
        let turns = try await relayed.run { shell in
            let thread = try await shell.converse()
            var turns: [(asked: Int, ended: Int)] = []
            for _ in 0..<Self.count {
                let (asked, ended, _) = try await interrupt(thread)
                turns.append((asked, ended))
            }
            return turns
        }
        Report.row("interrupt to its confirmation, while streaming", "ms", turns.map { Double($1 - $0) / 1e6 })
        let moments = try Relay.moments(in: log)
        let agents = try turns.map { turn in
            guard let request = moments.inward.first(where: { $0 >= turn.asked && $0 <= turn.ended }),
                let confirmation = moments.outward.first(where: { $0 >= request && $0 <= turn.ended })
            else { throw Failure("the relay did not see the interrupt") }
            return Double(confirmation - request) / 1e6
        }
        Report.row("interrupt, of that the agent's own time", "ms", agents)
    }

    private func takeEndingProcesses() async throws {
        let (turns, processes) = try await subject.run(endless: true) { shell in
            var turns: [Double] = [], processes: [Double] = []
            for number in 0..<Self.count {
                let (asked, ended, pids) = try await interrupt(try await shell.converse(number))
                turns.append(Double(ended - asked) / 1e6)
                processes.append(Double(try await end(of: pids) - asked) / 1e6)
            }
            return (turns, processes)
        }
        Report.row("interrupt to the end of the turn, while streaming", "ms", turns)
        Report.row("interrupt to the end of its processes", "ms", processes)
    }

    /// Runs a turn and interrupts it; returns when it did, when the turn ended, and, where these are to be waited for, the
    /// processes that had worked on it.
    private func interrupt(_ thread: any AgentThread) async throws -> (asked: Int, ended: Int, pids: [Int32]) {
        var deltas = 0, asked = 0
        var pids: [Int32] = []
        for try await event in try await thread.run(TurnRequest(text: Self.prompt)) {
            switch event {
            case .delta:
                deltas += 1
                guard deltas == 3 else { continue }
                if subject.interruptWords == nil { pids = ProcessTable().descendants(of: getpid()).map(\.pid) }
                asked = Surroundings.now
                await thread.interrupt()
            case .finished(.interrupted): return (asked, Surroundings.now, pids)
            case .finished(let result): throw Failure("the turn ended with \(result)")
            case .began, .message, .action, .approval, .withdrawn, .usage, .retrying: continue
            }
        }
        throw Failure("the turn had no end")
    }

    /// Waits for the end of the processes `pids` and returns when that was, to a millisecond.
    private func end(of pids: [Int32]) async throws -> Int {
        while pids.contains(where: { kill($0, 0) == 0 }) { try await Task.sleep(for: .milliseconds(1)) }
        return Surroundings.now
    }
}
