import Changes
import Conversation
import Dispatch
import TelegramFront

/// Which files of a workspace may be handed over, and what of them is sent: texts go without their secrets.
struct WorkspaceGate: FileGate, FileDeparture {
    /// Reads one file at a time, and not where others would wait: files may be large.
    private static let reading = DispatchQueue(label: "cm.files")

    /// Takes secrets out of a text.
    let redact: @Sendable (String) -> String

    func look(at name: String, in directory: String) async throws { _ = try Self.found(name, in: directory) }

    func file(_ name: String, in directory: String) async throws -> SharedFile {
        try await Self.read {
            let file = try Self.found(name, in: directory)
            let content: OutgoingFile.Content
            do throws(ReadingError) {
                content = try file.content()
            } catch {
                throw FileGateError(error.description)
            }
            return SharedFile(
                path: file.path, name: file.name, size: Int64(file.size), hidesSecrets: clean(content) != nil)
        }
    }

    /// What is no text goes as it is.
    func content(of path: String) async throws -> BotUpload.Content {
        try await Self.read {
            let content = try OutgoingFile(again: path).content()
            return .bytes(clean(content) ?? content.bytes)
        }
    }

    /// A text without its secrets; nil where there are none, and for what is no text.
    private func clean(_ content: OutgoingFile.Content) -> [UInt8]? {
        guard content.isText else { return nil }
        let text = String(decoding: content.bytes, as: UTF8.self), clean = redact(text)
        return clean == text ? nil : Array(clean.utf8)
    }

    private static func found(_ name: String, in directory: String) throws -> OutgoingFile {
        do {
            return try OutgoingFile(name, in: directory)
        } catch {
            throw FileGateError(error.description)
        }
    }

    private static func read<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            reading.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
