import ArgumentParser
import Control
import Conversation
import Foundation
import Processes

/// `cm agents`: the agents that can be chosen, and the processes that were started for them.
struct AgentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "The agents that can be chosen; with --processes, what runs for them.",
        discussion: """
            Reads the settings and the records of the workspace, asks the cm that runs there, if one does, and starts \
            nothing.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions

    @Flag(help: "The child processes of the workspace, with owner, age and memory.")
    var processes = false

    func run() async throws {
        do {
            let place = try Place(common)
            let lines =
                processes ? Self.lines(of: place.custody().children()) : Self.lines(of: AgentRoster(place.settings))
            print(lines.joined(separator: "\n"))
            // A core tells an agent nothing but its tools.
            guard !processes, Lineage.childAboveThis() == nil else { return }
            let running = try await Door.enter(place.state, as: "cm agents") { core in
                try await core.report(.agents, for: .terminal)
            }
            // Of the session nobody asked.
            guard let running else { return }
            print("\nin the running cm:\n" + running.split(separator: "\n").dropFirst().joined(separator: "\n"))
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    private static func lines(of roster: AgentRoster) -> [String] {
        let rows = roster.agents.map { agent in
            let order = roster.automatic.firstIndex(of: agent.name).map { "\($0 + 1)" } ?? "-"
            let state = agent.kind == .offline ? "built in" : agent.isInstalled ? "installed" : "not installed"
            return [agent.name, state, order, agent.share.map { "\($0)%" } ?? "-", agent.what]
        }
        let off = roster.turnedOff.sorted { $0.key < $1.key }.map {
            [$0.key, "turned off", "-", "-", "by \($0.value)"]
        }
        return Table(["agent", "state", "auto", "share", "program"], rows + off).lines
    }

    private static func lines(of children: [ChildRecord]) -> [String] {
        guard !children.isEmpty else { return ["no process runs for an agent of this workspace"] }
        let rows = children.map { child in
            [
                child.owner, child.pid.map { "\($0)" } ?? "-",
                "\(Elapsed(Int64(child.age / .milliseconds(1))))", megabytes(child.residentBytes),
                "\(child.processCount)", child.isCoreRunning ? "\(child.corePID)" : "gone, ended at the next start",
            ]
        }
        return Table(["agent", "pid", "age", "memory", "processes", "cm"], rows).lines
    }

    private static func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
}

/// Rows of text in columns.
struct Table {
    private let rows: [[String]]

    init(_ heading: [String], _ rows: [[String]]) { self.rows = [heading] + rows }

    /// The rows as lines, each column as wide as its widest text, two spaces apart.
    var lines: [String] {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return String(cells.joined(separator: "  ").reversed().drop(while: \.isWhitespace).reversed())
        }
    }
}
