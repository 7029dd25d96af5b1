import Conversation
import Foundation

/// The server of tools that the package builds for its tests, and what it notes.
struct ToolStand: Sendable {
    /// It lies where the test program lies.
    static let program = URL(filePath: StandIn.program).deletingLastPathComponent().appending(path: "toolstand").path

    /// What the model is told of the tools.
    static let instructions = "INSTRUCTIONS: the tools status and notify of the server cm are about cm."

    let log: String

    /// One that notes what happens in a file of `directory`.
    init(in directory: String) { log = directory + "/toolstand.log" }

    /// What agents are told of it.
    var server: ToolServer {
        ToolServer(
            name: "cm", command: Self.program, arguments: [log], environment: ["TOOLSTAND_MARK": "from cm"],
            instructions: Self.instructions)
    }

    /// What it has noted, a line for each start, call and end.
    func lines() -> [String] {
        let text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// The calls that reached it.
    func calls() -> [String] { lines().filter { $0.hasPrefix("call ") } }
}
