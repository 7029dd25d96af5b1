import BenchSupport
import Foundation
import GRDB
import TestSupport

/// `cm run` in a workspace of its own.
///
/// A class, because the process ends with it.
final class Monitor {
    /// What it is started with.
    struct Setting {
        var telegram: FakeTelegram
        /// Who is let in; the first is the owner.
        var users: [FakeUser]
        /// The program of Codex and the address of its model; nil for the offline agent.
        var codex: (program: String, model: String)?
    }

    private let process = Process()
    private let place: String

    /// Its number.
    var pid: pid_t { process.processIdentifier }

    init(_ setting: Setting) throws {
        place = FileManager.default.temporaryDirectory.path + "/cmt-\(UInt32.random(in: .min ... .max))"
        for name in ["home", "project", "codex"] {
            try FileManager.default.createDirectory(atPath: "\(place)/\(name)", withIntermediateDirectories: true)
        }
        guard let program = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "cm"),
            FileManager.default.isExecutableFile(atPath: program.path)
        else { throw Failure("cm is not beside this program") }
        var environment = [
            "HOME": "\(place)/home", "CM_STATE_DIR": "\(place)/state", "TMPDIR": place, "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin", "CM_CHAT_MODE": "single",
            "TELEGRAM_API_BASE": setting.telegram.baseURL, "TELEGRAM_BOT_TOKEN": setting.telegram.token,
            "TELEGRAM_CHAT_ID": "\(setting.users[0].id)",
            "TELEGRAM_ALLOWED_USERS": setting.users.map { "\($0.id)" }.joined(separator: ","),
        ]
        if let codex = setting.codex {
            let directory = (codex.program as NSString).deletingLastPathComponent
            environment["PATH"] = "\(directory):/usr/bin:/bin"
            let home = CodexHome(path: "\(place)/codex", model: codex.model)
            environment.merge(try home.write()) { $1 }
        } else {
            environment["CM_CHAT_AGENT"] = "offline"
        }
        process.executableURL = program
        process.arguments = ["run"]
        process.currentDirectoryURL = URL(filePath: "\(place)/project")
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        // Its guards end the agents.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: place)  // the next one has a place of its own
    }

    /// How many messages have been accepted: those that are in its journal.
    func acceptedMessages() throws -> Int {
        let state = "\(place)/state"
        let folder = try FileManager.default.contentsOfDirectory(atPath: state).first { $0.hasPrefix("project-") }
        guard let folder else { throw Failure("there is no journal") }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: "\(state)/\(folder)/cm.sqlite", configuration: configuration)
        defer { try? queue.close() }  // it is closed with the last reference
        return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM messages") ?? 0 }
    }

    /// Kibibytes of a line of its status, such as `VmRSS`.
    func memory(_ line: String) throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        guard let found = status.split(separator: "\n").first(where: { $0.hasPrefix(line + ":") }),
            let number = found.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { throw Failure("no \(line)") }
        return number
    }

    /// Nanoseconds that all its threads have run.
    func runTime() throws -> Double {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task").reduce(0) { sum, thread in
            // One that has just ended counts no more.
            let text = (try? String(contentsOfFile: "/proc/\(pid)/task/\(thread)/schedstat", encoding: .utf8)) ?? ""
            return sum + (text.split(separator: " ").first.flatMap { Double($0) } ?? 0)
        }
    }
}

/// The moment, in seconds since 1970, by the clock of ``FakeTelegram``.
func moment() -> Double { Date().timeIntervalSince1970 }
