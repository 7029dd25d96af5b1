import Control
import Conversation
import Foundation
import Locking
import Prompts

/// Gives each session's agent its tools, and tells by a key whose tools are called: one agent's process works on many
/// sessions, and its commands could name any of them.
///
/// A class with a lock: threads are opened while tools are called.
final class ToolKeys: Sendable {
    /// The variable by which the tool server gets its key.
    static let variable = "CM_MCP_KEY"

    private let keys = Locked<[SessionID: String]>([:])
    private let socket: String
    /// This program; nil where the system does not tell which it is.
    private let program = ToolKeys.findProgram()
    /// What the program needs of its surroundings to start, which agents do not pass on.
    private let inherited = ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
    private let instructions = Prompt.agentTools.rendered([.tools: CoreTools.summary])

    /// Keys for tools that are called through `socket`.
    init(socket: String) { self.socket = socket }

    /// The tool server of `session`, asked for at each turn; nil where there is no program for it.
    func server(of session: SessionID) -> ToolServer? {
        guard let program else { return nil }
        return ToolServer(
            name: "cm", command: program, arguments: ["mcp", "--socket", socket, "--session", session.rawValue],
            environment: [Self.variable: key(of: session)].merging(inherited) { own, _ in own },
            instructions: instructions)
    }

    /// Whether `key` is that of `session`.
    func isKey(_ key: String, of session: SessionID) -> Bool { keys.withLock { $0[session] == key } }

    private func key(of session: SessionID) -> String {
        keys.withLock { keys in
            if let key = keys[session] { return key }
            let key = (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
            keys[session] = key
            return key
        }
    }

    /// The absolute path of this program, also when its file has been replaced since; nil where it is not told.
    private static func findProgram() -> String? {
        #if os(Linux)
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")  // nil: not told
            return path.map { $0.hasSuffix(" (deleted)") ? String($0.dropLast(10)) : $0 }
        #else
            return Bundle.main.executablePath
        #endif
    }
}
