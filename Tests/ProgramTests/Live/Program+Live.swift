import Foundation
import TestSupport
import Testing

extension Program {
    /// Who people are told has typed something at a terminal.
    static var author: String { "\(NSUserName()) (tty):" }

    /// Starts `cm chat` at a terminal, and returns once the prompt is there and who answers was told.
    func chat(_ arguments: String...) async throws -> Run {
        let run = try startAtTerminal(["chat"] + arguments)
        try await run.output.read(through: "/help")
        try await run.output.read(through: "cm» ")
        return run
    }

    /// Starts `cm chat --json`, and returns once it follows the session.
    func script(_ session: String = "default", approve: String = "none") async throws -> Run {
        let run = try start("chat", "--json", "--session", session, "--approve", approve)
        try await run.output.event("session")
        return run
    }

    /// Starts `cm run`, and returns once it hosts the core.
    func monitor() async throws -> Run {
        let run = try start("run")
        try await hosts(run)
        return run
    }

    /// Waits until `run` hosts the core and can be reached.
    func hosts(_ run: Run) async throws {
        _ = try await eventually("process \(run.pid) hosts: \(run.output.text) \(run.errors.text)") {
            let host = host()
            return host.pid == run.pid && host.socket != nil ? true : nil
        }
    }

    /// Who hosts the core, or hosted it last; nil while nobody ever did.
    func host() -> (pid: pid_t?, socket: String?) {
        let lines = lock("cm.lock").split(separator: "\n")
        let pid = lines.first?.firstMatch(of: /pid (\d+)/).flatMap { pid_t($0.1) }
        let socket = lines.dropFirst().first?.split(separator: " ", maxSplits: 1).last
        return (pid, socket.map(String.init))
    }

    /// The text of a lock; empty while it was never taken.
    func lock(_ name: String) -> String {
        let state = environment["CM_STATE_DIR"] ?? ""
        // There is none before the first start.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []
        guard let directory = names.first(where: { $0.hasPrefix("workspace-") }),
            let bytes = FileManager.default.contents(atPath: "\(state)/\(directory)/\(name)")
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits until the agent was given `count` messages: a turn that has started is not with it yet.
    func agentHasBeenAsked(_ count: Int = 1) async throws {
        _ = try await eventually("the agent was given \(count) messages") {
            try standInTraffic().prompts.count >= count ? true : nil
        }
    }

    /// A way to hold a turn of an agent that does as it is told.
    func gate(_ name: String = "gate") -> TurnGate { TurnGate(path: path(name)) }
}

/// What holds a turn after its first word until the test lets it go on.
struct TurnGate {
    let path: String

    /// What has the agent wait, as a part of a message.
    var hold: String { "[[hold: \(path)]]" }

    /// Lets the turn go on, and all later ones that are held by this.
    func open() throws { try Data().write(to: URL(filePath: path)) }
}

extension Run {
    /// Waits until the screen shows the answer to a typed command, which tells that the core has taken it.
    func type(_ line: String, until answer: String, within limit: Duration = Program.patience) async throws {
        send(line + "\r")
        try await output.read(through: answer, within: limit)
    }
}

extension String {
    /// How often `part` is in it.
    func count(of part: String) -> Int { ranges(of: part).count }
}
