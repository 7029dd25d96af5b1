import Foundation

/// The file in which a text is edited, alone in a fresh directory; both are for the user alone.
///
/// What editors put beside it, for example for crashes, goes with the directory.
struct DraftFile {
    /// Longer texts, in bytes, are not read: they could not be pasted either.
    static let limit = KeyDecoder.pasteLimit

    let path: String
    /// Where it is alone.
    let directory: String
    private let original: [UInt8]

    /// Writes `text` into a new file somewhere in `parent`.
    init(_ text: String, in parent: String) throws(DraftFailure) {
        var template = Array("\(parent)/cm-edit-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .noFile(directory: parent, errno: errno) }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = directory + "/message.md"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        var failure = file < 0 ? errno : 0
        original = Array((text.isEmpty ? text : text + "\n").utf8)
        var rest = original[...]
        while failure == 0, !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { failure = errno }
        }
        if file >= 0 { close(file) }
        guard failure == 0 else {
            remove()
            throw .noFile(directory: parent, errno: failure)
        }
    }

    /// What is in it now, like a text that was pasted, without the line feeds at its end.
    func read() throws(DraftFailure) -> String {
        let bytes = try bytes()
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText }
        var text = KeyDecoder.cleaned(bytes)
        while text.last == "\n" { text.removeLast() }
        return text
    }

    private func bytes() throws(DraftFailure) -> [UInt8] {
        // An editor may have put something else in its place: a pipe must not be waited for.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .unreadable(errno: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(errno: errno) }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= Self.limit else { throw .tooLarge }
        }
        return bytes
    }

    /// Whether there is something else now, or something beside it.
    var isChanged: Bool {
        // A directory that cannot be read holds nothing for the person either.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        guard names.count == 1 else { return !names.isEmpty }
        do throws(DraftFailure) {
            return try bytes() != original
        } catch {
            return true
        }
    }

    /// Takes it away, with its directory.
    func remove() {
        // What cannot be removed is the system's to clean.
        try? FileManager.default.removeItem(atPath: directory)
    }
}
