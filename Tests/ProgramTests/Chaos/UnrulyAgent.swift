import Foundation
import TestSupport
import Testing

extension Program {
    /// Has a stand-in for Codex on the PATH that ignores SIGTERM, with children that do the same, lead sessions of their
    /// own and have lost their parents.
    mutating func useUnrulyAgent() throws {
        try useStandIn("normal", ["STANDIN_DELAY_MS": "2"])
        try FileManager.default.removeItem(atPath: bin + "/codex")
        try useScriptAsCodex(
            """
            #!/bin/sh
            trap '' TERM
            \(BuiltPrograms.unruly) child --ignore-term --leave-session --lose-parent --children 2 --exit 0 \
            </dev/null >/dev/null 2>&1
            exec \(BuiltPrograms.standIn) "$@"

            """)
    }

    /// The processes that carry the marker of a child of this program's workspace; waits until there are none.
    func marked(within limit: Duration) async throws -> [String] {
        let deadline = ContinuousClock.now + limit
        while true {
            let left = markedNow
            if left.isEmpty || ContinuousClock.now >= deadline { return left }
            // Nothing tells of the end of a process that is nobody's child here.
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The children on record that run, as their records name them; the latest last.
    var keptChildren: [KeptChild] {
        guard let directory = try? stateFile("children"),
            let names = try? FileManager.default.contentsOfDirectory(atPath: directory)
        else { return [] }  // nothing was started yet
        return names.compactMap { KeptChild(path: "\(directory)/\($0)") }.sorted { $0.program.pid < $1.program.pid }
    }

    /// Number and command line of each.
    private var markedNow: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []  // not every system has it
        return names.compactMap { pid_t($0) }.compactMap { pid in
            let variables = FileManager.default.contents(atPath: "/proc/\(pid)/environ") ?? Data()
            guard variables.range(of: Data("CM_CHILD=".utf8)) != nil, variables.range(of: Data(path("").utf8)) != nil,
                OtherProcess(pid: pid).isRunning
            else { return nil }
            let words = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return "\(pid) " + String(decoding: words.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
        }
    }
}

/// A child of the program as its record tells.
struct KeptChild {
    let `guard`: OtherProcess
    let program: OtherProcess

    /// nil when the record is gone, or does not tell enough yet, or tells of a child that is gone.
    init?(path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        func process(_ key: String) -> OtherProcess? {
            let line = text.split(separator: "\n").first { $0.hasPrefix(key + " ") }
            let number = line?.dropFirst(key.count + 1).prefix { $0.isNumber }
            return number.flatMap { pid_t($0) }.map { OtherProcess(pid: $0) }
        }
        guard let keeper = process("guard"), let child = process("program"), child.isRunning, child.parent == keeper.pid
        else { return nil }
        self.guard = keeper
        program = child
    }
}

/// A process that is nobody's business, with a number that records of children claim to have.
final class Stranger {
    private let pid: pid_t
    private let input: (reading: Int32, writing: Int32)

    init(in program: Program) throws {
        input = try Spawn.pipe()
        var child = Spawn("/bin/cat", [], environment: [:], directory: program.path(""))
        child.attach(input: input.reading, output: STDERR_FILENO, errors: STDERR_FILENO)
        pid = try child.start()
        close(input.reading)
    }

    deinit {
        close(input.writing)
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    var isRunning: Bool { OtherProcess(pid: pid).isRunning }

    /// Leaves a record of a child of a core that is gone, whose number is now the stranger's.
    func pose(in program: Program, using random: inout SeededGenerator) throws {
        let started = Int.random(in: 1...1000, using: &random)
        let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let identity = "\(pid):\(started)@\(boot.prefix { !$0.isWhitespace })"
        let state = URL(filePath: try program.stateFile("children"))
        let workspace = state.deletingLastPathComponent().lastPathComponent.map {
            $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_"
        }
        let text = "cm-child\nowner codex\ncore \(identity)\nstarted 1\nguard \(identity)\nprogram \(identity)\n"
        let name = "\(String(workspace)).\(pid)-\(started).\(Int.random(in: 1...99, using: &random))"
        try Data(text.utf8).write(to: state.appending(path: name))
    }
}

extension OtherProcess {
    /// The number of its parent; nil when it has gone.
    var parent: pid_t? {
        guard let line = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
        let fields = line.split(separator: ")").last?.split(separator: " ")
        return fields.flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
    }
}
