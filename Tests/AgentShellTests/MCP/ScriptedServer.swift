import Conversation
import Foundation

@testable import AgentShell

/// A shell over an MCP server, made of a few lines for `sh`, that does what the test wants at each call of a tool.
struct ScriptedServer {
    /// What it does at a call.
    enum Step {
        /// Tells an event of Codex.
        case event(String)
        /// Asks something.
        case ask(String)
        /// Answers the call.
        case result(String)
        /// Goes on when another line has come.
        case hear
        /// Leaves.
        case exit(Int)
        /// Says nothing more, and stays.
        case fallSilent
    }

    private let directory: TemporaryDirectory
    private let script: String
    var clock: any Clock<Duration> = ContinuousClock()
    var options: CodexMCPOptions

    /// A server whose calls are answered by `calls`, one after the other; it answers nothing after them.
    ///
    /// With its events it tells that the conversation is `t1`, if it `tells`.
    init(
        tells: Bool = true, answersPings: Bool = true,
        tools: [String] = [#"{"name":"codex"}"#, #"{"name":"codex-reply"}"#], start: String = "",
        _ calls: [Step]...
    ) throws {
        directory = try TemporaryDirectory()
        script = directory.file("server")
        let branches = calls.enumerated().map { number, steps in
            "  \(number):*tools*call*) calls=$((calls+1))\n"
                + steps.map { Self.command($0, id: number + 3, tells) }.joined(separator: "\n") + "\n  ;;"
        }
        try """
        \(start)
        calls=0
        while IFS= read -r line; do
          printf '%s\\n' "$line" >>"$1"
          case $calls:$line in
          *'"initialize"'*) printf '%s\\n' '{"id":1,"result":{"serverInfo":{"version":"7"}}}' ;;
          *'"ping"'*) id=${line#*\\"id\\":} && \(answersPings ? "printf" : ":") '{"id":%s,"result":{}}\\n' "${id%%[!0-9]*}" ;;
          *tools*list*) printf '%s\\n' '{"id":2,"result":{"tools":[\(tools.joined(separator: ","))]}}' ;;
        \(branches.joined(separator: "\n"))
          esac
        done
        """.write(toFile: script, atomically: true, encoding: .utf8)
        options = CodexMCPOptions(
            command: "/bin/sh", arguments: [script, directory.file("heard")], environment: ["PATH": "/usr/bin:/bin"],
            workingDirectory: directory.path, clientVersion: "0")
    }

    private static func command(_ step: Step, id: Int, _ tells: Bool) -> String {
        switch step {
        case .event(let event):
            let meta = tells ? #""_meta":{"threadId":"t1"},"# : ""
            return print(#"{"method":"codex/event","params":{\#(meta)"msg":\#(event)}}"#)
        case .ask(let params): return print(#"{"id":0,"method":"elicitation/create","params":\#(params)}"#)
        case .result(let result): return print(#"{"id":\#(id),"result":\#(result)}"#)
        case .hear: return #"    IFS= read -r line; printf '%s\n' "$line" >>"$1""#
        case .exit(let code): return "    exit \(code)"
        case .fallSilent: return "    exec >&-"
        }
    }

    private static func print(_ line: String) -> String { "    printf '%s\\n' '\(line)'" }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: directory.file(name)) }

    /// What the server has heard.
    func heard() throws -> [String] {
        let text = try String(contentsOfFile: directory.file("heard"), encoding: .utf8)
        return text.replacing(#"\/"#, with: "/").split(separator: "\n").map(String.init)
    }

    /// Runs a shell while `body` runs.
    func run<Value: Sendable>(_ body: (CodexMCPShell) async throws -> Value) async throws -> Value {
        let shell = CodexMCPShell(options: options, clock: clock)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shell.run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
    }
}
