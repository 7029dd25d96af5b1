import Conversation
import Foundation
import Processes
import TestSupport

@testable import AgentShell

/// The surroundings of one agent in one test: a home, a directory to work in, a model.
struct ContractWorld: Sendable {
    /// A shell, and what keeps its processes until it is cancelled.
    typealias Running = (shell: any AgentShell, run: @Sendable () async -> Void)

    let place: ContractPlace
    /// Makes a new shell on the same home; one that `asks` needs an approval for each command and each file.
    let make: @Sendable (_ asks: Bool) -> Running
    /// How the agent is brought to a deed; nil when it cannot be.
    let errand: @Sendable (Deed) -> Errand?
    /// What whoever answers was told for the last answer: the conversation as far as it is known there.
    let told: @Sendable () throws -> String
    /// What an agent that only pretends was sent; nil for the others.
    var heard: (@Sendable () throws -> String)? = nil
}

/// A directory with a home, a place for temporary files and a workspace.
final class ContractPlace: Sendable {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for name in ["work", "home", "tmp"] {
            try FileManager.default.createDirectory(atPath: directory.file(name), withIntermediateDirectories: true)
        }
    }

    var path: String { directory.path }
    /// Where the agent works.
    var workspace: String { directory.file("work") }
    /// What the agent keeps.
    var home: String { directory.file("home") }

    /// The environment of the agent, by which ``processes`` knows it.
    var environment: [String: String] {
        [
            "HOME": directory.path, "TMPDIR": directory.file("tmp"), "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
        ]
    }

    /// Who sees to it, as in the program, that nothing of the agent is left.
    var custody: Custody {
        let keeper = URL(filePath: StandIn.program).deletingLastPathComponent().appending(path: "unruly").path
        return Custody(
            workspace: "contract-\(directory.path.hashValue)", directory: directory.file("children"),
            guardedBy: keeper)
    }

    func file(_ name: String) -> String { directory.file(name) }

    /// The text of a file of the workspace; nil when there is none.
    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: workspace + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether `text` is in a transcript of a conversation in the agent's home.
    func keeps(_ text: String) -> Bool {
        let files = FileManager.default.enumerator(atPath: home)?.compactMap { $0 as? String } ?? []
        return files.contains { file in
            // Not in what the agent has beside it for a search.
            guard file.hasSuffix(".jsonl") else { return false }
            return FileManager.default.contents(atPath: home + "/" + file)?.range(of: Data(text.utf8)) != nil
        }
    }

    /// Waits until the command of ``Deed/work`` runs.
    func commandRuns() async throws {
        try await eventually("the command runs") { text("working").map { _ in } }
    }

    /// Waits until nothing of the command of ``Deed/work`` runs any more.
    func commandIsGone() async throws {
        try await eventually("the end of the command", within: .seconds(20)) { commands.isEmpty ? () : nil }
    }

    /// What runs of the command of ``Deed/work``, which cannot tell its pid when it runs in a sandbox.
    private var commands: [Int32] {
        processes.filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return line.range(of: Data("sleep 60".utf8)) != nil || line.range(of: Data("sleep\060\0".utf8)) != nil
        }
    }

    /// The processes with the agent's environment: the agent and all that it started.
    var processes: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []  // not every system has it
        let mark = Data("HOME=\(directory.path)\0".utf8)
        return names.compactMap { Int32($0) }.filter { pid in
            FileManager.default.contents(atPath: "/proc/\(pid)/environ")?.range(of: mark) != nil
        }
    }
}
