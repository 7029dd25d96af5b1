import Conversation
import Locking
import Settings
import Store
import TestSupport

@testable import Commands

/// The bot of a workspace with Telegram on this machine and the real database, in front of a core that answers nothing.
struct ServiceRig: Sendable {
    let telegram: FakeTelegram
    let ann: FakeUser
    let chat: FakeChat
    let state: TestDatabase
    let log = RecordingLog()
    let core: ScriptedCore
    private(set) var service: TelegramService
    private let changes: [String: String?]
    private let clock: any Clock<Duration>
    /// What was told to the terminals.
    let told = Locked<[Notice]>([])

    /// No files and no notifications.
    let rest = TelegramService.Rest(shelf: WorkspaceShelf { _ in "/nowhere" }, door: nil)

    /// A bot that lets Ann in; of `changes`, nil takes a setting away.
    ///
    /// With another rig it is the same bot on the same machine, of the workspace at `workspace`.
    init(
        _ changes: [String: String?] = [:], core: ScriptedCore? = nil, workspace: String = "/w",
        beside other: ServiceRig? = nil, clock: any Clock<Duration> = TimerClock()
    ) throws {
        let telegram = try other?.telegram ?? FakeTelegram()
        self.telegram = telegram
        ann = other?.ann ?? telegram.addUser("Ann", username: "ann")
        chat = telegram.privateChat(with: ann)
        state = try TestDatabase(workspace: workspace, beside: other?.state)
        self.core =
            core
            ?? ScriptedCore { message, _ in
                .replied(CommandReply(name: "x", ok: true, text: "heard \(message.text)"))
            }
        self.changes = changes
        self.clock = clock
        service = try Self.service(of: telegram, letting: ann, changes, in: state.directory, clock, log)
    }

    /// Puts another one in its place, as at a new start of the program.
    mutating func restart() throws {
        service = try Self.service(of: telegram, letting: ann, changes, in: state.directory, clock, log)
    }

    /// Has the settings be these from now on.
    func follow(_ changes: [String: String?]) throws {
        service.follow(try Self.settings(of: telegram, letting: ann, changes))
    }

    /// Runs the bot while `body` runs, and takes leave of it; how long that took.
    @discardableResult func running(
        door: (any NotificationDoor)? = nil, _ body: () async throws -> Void
    ) async throws -> Duration {
        var rest = self.rest
        rest.door = door
        return try await withThrowingTaskGroup(of: Void.self) { [rest] group in
            group.addTask { await service.run(core, beside: rest) { notice in told.withLock { $0.append(notice) } } }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            let time = await ContinuousClock().measure { await service.leave() }
            try await group.waitForAll()
            return time
        }
    }

    /// Waits until the terminals were told something that contains `text`.
    func waitForNotice(saying text: String) async throws {
        _ = try await eventually("\(text): \(log.text)") {
            told.withLock { $0.contains { $0.text.contains(text) } } ? true : nil
        }
    }

    private static func service(
        of telegram: FakeTelegram, letting ann: FakeUser, _ changes: [String: String?], in directory: StateDirectory,
        _ clock: any Clock<Duration>, _ log: RecordingLog
    ) throws -> TelegramService {
        TelegramService(
            try settings(of: telegram, letting: ann, changes), in: directory, keeping: try Database(in: directory),
            redact: { $0 }, clock: clock, logger: log.logger)
    }

    private static func settings(
        of telegram: FakeTelegram, letting ann: FakeUser, _ changes: [String: String?]
    ) throws -> Settings {
        var environment: [String: String?] = [
            "TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_BASE": telegram.baseURL,
            "TELEGRAM_CHAT_ID": "\(ann.id)", "CM_TELEGRAM_POLLING_POLL_TIMEOUT": "5",
        ]
        environment.merge(changes) { $1 }
        var sources = SettingsSources(environment: environment.compactMapValues(\.self), home: "/h", directory: "/w")
        sources.files = FileAccess(
            read: { _, _ throws(FileFailure) in nil }, create: { _, _ throws(FileFailure) in }, stamp: { _ in nil })
        return try sources.load()
    }
}
