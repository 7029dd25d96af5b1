import Foundation

/// A file that an answer is written to, besides standard output.
struct OutputFile: Sendable {
    private let path: String

    /// Creates the file, or empties it. Throws ``Failure`` when it cannot be written.
    init(path: String) throws {
        self.path = path
        try write("")
    }

    /// Replaces what is in the file. Throws ``Failure``.
    func write(_ text: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            let cause = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
            let reason = cause.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
            throw Failure(code: 1, message: "--output-last \(path) cannot be written: \(reason)")
        }
    }
}
