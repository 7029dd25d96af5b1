import Foundation

extension Program {
    /// Has a stand-in for Codex on the PATH that behaves as `mode` says; see the stand-in's own documentation.
    ///
    /// Can be called again, for the next runs. What it got is in ``standInTraffic()``.
    mutating func useStandIn(_ mode: String = "normal", _ more: [String: String] = [:]) throws {
        environment = environment.filter { !$0.key.hasPrefix("STANDIN_") }
        environment["STANDIN_MODE"] = mode
        environment["STANDIN_LOG"] = path("stand-in/log")
        environment["STANDIN_STATE"] = path("stand-in")
        environment.merge(more) { $1 }
        let link = bin + "/codex"
        guard !FileManager.default.fileExists(atPath: link) else { return }
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: BuiltPrograms.standIn)
    }

    /// Has this script on the PATH as Codex.
    func useScriptAsCodex(_ script: String, isExecutable: Bool = true) throws {
        try write(script, to: "bin/codex")
        let mode = isExecutable ? 0o755 : 0o644
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: bin + "/codex")
    }

    /// What the stand-in noted so far; empty before its first start.
    func standInTraffic() throws -> StandInTraffic {
        let bytes = FileManager.default.contents(atPath: path("stand-in/log")) ?? Data()
        return try StandInTraffic(bytes)
    }
}

/// What a stand-in got from `cm`, over all its processes.
struct StandInTraffic {
    private struct Entry: Decodable {
        struct Message: Decodable {
            struct Parameters: Decodable {
                struct Input: Decodable { var text: String? }
                var threadId: String?
                var model: String?
                var input: [Input]?
            }
            var params: Parameters?
        }
        var dir: String
        var pid: pid_t?
        var method: String?
        var message: Message?
    }

    /// The processes, in the order of their starts.
    let pids: [pid_t]
    /// The methods that were called, in order.
    let methods: [String]
    /// The messages of turns, in order.
    let prompts: [String]
    /// The thread of each turn, in order.
    let threads: [String]
    /// The model of each thread that was started or resumed, in order.
    let models: [String?]

    fileprivate init(_ bytes: Data) throws {
        // Behind the last line feed is what is being written.
        let whole = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex)]
        let entries = try whole.split(separator: UInt8(ascii: "\n")).compactMap { line in
            // One that a killed process had not written to its end counts as not received.
            line.last == UInt8(ascii: "}") ? try JSONDecoder().decode(Entry.self, from: line) : nil
        }
        pids = entries.compactMap(\.pid)
        let received = entries.filter { $0.dir == "in" }
        methods = received.compactMap(\.method)
        let turns = received.filter { $0.method == "turn/start" }.compactMap(\.message?.params)
        prompts = turns.map { ($0.input ?? []).compactMap(\.text).joined(separator: "\n") }
        threads = turns.compactMap(\.threadId)
        models = received.filter { ["thread/start", "thread/resume"].contains($0.method) }.map {
            $0.message?.params?.model
        }
    }
}
