import Conversation
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

    /// So often a file is tried; the pauses add up to some minutes.
    private static let tries = 10

    let api: BotAPI
    let shelf: any FileShelf
    let clock: any Clock<Duration>
    let logger: Logger

    /// Fetches `file`, which was sent to `session` in `chat`; the same again finds what is there.
    ///
    /// Throws ``HubError`` and `CancellationError`.
    func collect(
        _ file: SentFile, in chat: Int64, for session: SessionID
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
