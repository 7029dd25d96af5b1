import Conversation
import Locking
import Logging

/// Brings files from Telegram to where agents find them.
struct FileCollector: Sendable {
    /// Why a file was not taken.
    enum Trouble: Error, Hashable, Sendable {
        case tooBig
        case gone
        /// Telegram could not be reached for it, or not for long enough; in words.
        case unreachable(String)
        /// It could not be written; in words.
        case notKept(String)
        /// Commands take no files.
        case withCommand
    }

    /// How long the files of one message may take together, with all pauses that are asked for and all tries.
    static let patience = Duration.seconds(300)
    /// So often a file is tried; the pauses add up to some minutes.
    private static let tries = 10

    let api: BotAPI
    let shelf: any FileShelf
    let clock: any Clock<Duration>
    let logger: Logger

    /// Fetches `files`, which came with one message to `session` in `chat`, one after the other; the same again finds what
    /// is there.
    ///
    /// What is not there after ``patience`` is waited for no longer. Throws ``HubError`` and `CancellationError`.
    func collect(
        _ files: [SentFile], in chat: Int64, for session: SessionID
    ) async throws -> [(file: SentFile, result: Result<ShelvedFile, Trouble>)] {
        let results = Locked<[Result<ShelvedFile, Trouble>]>([]), trouble = Locked<String?>(nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for file in files {
                    let result = try await collect(file, in: chat, for: session) { words in
                        trouble.withLock { $0 = words }
                    }
                    results.withLock { $0.append(result) }
                    trouble.withLock { $0 = nil }
                }
            }
            group.addTask { try await clock.sleep(for: Self.patience) }
            defer { group.cancelAll() }
            try await group.next()
        }
        try Task.checkCancellation()
        let got = results.withLock(\.self), reason = trouble.withLock(\.self)
        let late = "not within \(Self.patience.components.seconds / 60) minutes" + (reason.map { " (\($0))" } ?? "")
        return files.enumerated().map { index, file in
            (file, index < got.count ? got[index] : .failure(.unreachable(late)))
        }
    }

    /// Fetches one of them, and notes what goes wrong on the way.
    private func collect(
        _ file: SentFile, in chat: Int64, for session: SessionID, noting note: (String) -> Void
    ) async throws -> Result<ShelvedFile, Trouble> {
        if let size = file.file.size, size > BotAPI.fetchLimit { return .failure(.tooBig) }
        let name = file.shelfName(in: chat, of: api.botID)
        var failures = 0, backOff = BackOff()
        while true {
            do {
                return .success(try await shelf.keep(name, for: session) { try await api.fetch(file.file.id, $0) })
            } catch let error as FileShelfError {
                logger.warning("a file could not be kept", metadata: ["error": "\(error)"])
                return .failure(.notKept(error.description))
            } catch let error as BotError {
                logger.debug("a file was not fetched", metadata: ["error": "\(error)"])
                note(error.description)
                switch error.code {
                case .refused(.fileTooBig): return .failure(.tooBig)
                case .refused, .forbidden: return .failure(.gone)
                case .flood(let pause): try await clock.sleep(for: max(pause, .seconds(1)))
                case .network, .server, .conflict, .migrated, .unauthorized:
                    failures += 1
                    guard failures < Self.tries else { return .failure(.unreachable(error.description)) }
                    try await clock.sleep(for: backOff.fail(chance: .random(in: 0..<1)))
                }
            }
        }
    }
}
