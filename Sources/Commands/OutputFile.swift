import Foundation

/// A file that an answer is written to, besides standard output.
struct OutputFile: Sendable {
    private let path: String

    /// Throws ``Failure`` when it is plain already that the file cannot be written.
    ///
    /// Leaves the file alone.
    init(path: String) throws {
        self.path = path
        let directory = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let place = FileManager.default.fileExists(atPath: path) ? path : directory
        if FileManager.default.isDirectory(path) { throw failure(EISDIR) }
        guard access(place, W_OK) == 0 else { throw failure(errno) }
    }

    /// Replaces what is in the file.
    ///
    /// Throws ``Failure``.
    func write(_ text: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            let cause = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
            throw failure(cause.map { Int32($0.code) } ?? EIO)
        }
    }

    private func failure(_ number: Int32) -> Failure {
        Failure(code: 1, message: "--output-last \(path) cannot be written: \(String(cString: strerror(number)))")
    }
}
