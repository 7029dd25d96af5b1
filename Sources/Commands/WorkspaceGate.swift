import Changes
import Conversation
import TelegramFront

/// Which files of a workspace may be handed over, and what of them is sent: texts go without their secrets.
struct WorkspaceGate: FileGate, FileDeparture {
    /// Takes secrets out of a text.
    let redact: @Sendable (String) -> String

    /// Not where it would hold up others: files may be large.
    @concurrent func file(_ name: String, in directory: String) async throws -> SharedFile {
        let file: OutgoingFile
        do {
            file = try OutgoingFile(name, in: directory)
        } catch {
            throw FileGateError(error.description)
        }
        let text = file.text().map { String(decoding: $0, as: UTF8.self) }
        return SharedFile(
            path: file.path, name: file.name, size: Int64(file.size),
            hidesSecrets: text.map { redact($0) != $0 } ?? false)
    }

    /// What is no text goes as it is.
    @concurrent func content(of path: String) async throws -> BotUpload.Content {
        let file = try OutgoingFile(again: path)
        guard let bytes = file.text() else { return .path(file.path) }
        let text = String(decoding: bytes, as: UTF8.self), clean = redact(text)
        return .bytes(clean == text ? bytes : Array(clean.utf8))
    }
}
