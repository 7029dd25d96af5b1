import Conversation
import Foundation
import Store
import TestSupport

/// Measures what plan mode itself costs: from the message of one stage to that of the next, with an agent that answers at
/// once and the journal on disk; `Scripts/bench` calls it and makes statistics of what it prints.
///
/// Each line is `row NAME UNIT VALUE...`, with tabs between, as `shellbench` prints them.
@main struct PlanBench {
    private static let turns = 100

    static func main() async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "cm-planbench-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: place) }  // the next run has a place of its own
        let state = StateDirectory(workspace: "/project", environment: ["CM_STATE_DIR": place], home: place)
        try state.prepare()
        let agent = MeasuredAgent()
        var configuration = HubConfiguration.test()
        configuration.mode = .plan
        configuration.changes = ScriptedChanges()
        try await withHub(
            agent.shell, journal: SQLiteJournal(try Database(in: state)), configuration: configuration
        ) { hub in
            let events = try await hub.events(of: .test)
            for number in 0..<turns {
                _ = try await hub.type("message \(number)")
                _ = await events.collect(turns: 1)
            }
        }
        let values = agent.gaps.map { "\($0 / .microseconds(1))" }
        print((["row", "plan mode, its own share per stage", "µs"] + values).joined(separator: "\t"))
    }
}
