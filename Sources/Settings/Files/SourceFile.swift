/// A text file of settings: its bytes are checked once, here.
package struct SourceFile: Sendable {
    /// Its absolute path.
    package let path: String
    /// What origins call it.
    package let name: String
    /// Its text, without a byte order mark.
    package let text: String

    /// The biggest file that is read, in bytes.
    package static let limit = 1 << 20

    /// Reads the file at `path`; nil when there is none.
    ///
    /// Throws ``FileFailure`` when it is too big, unreadable, not UTF-8, or has a NUL byte, at which C code would
    /// take the text for finished.
    package init?(path: String, name: String, files: FileAccess) throws(FileFailure) {
        guard let bytes = try files.read(path, Self.limit) else { return nil }
        guard bytes.count <= Self.limit else { throw FileFailure("is bigger than \(Self.limit) bytes") }
        guard !bytes.contains(0) else { throw FileFailure("has a NUL byte, so it is no text") }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else { throw FileFailure("is not UTF-8") }
        self.path = path
        self.name = name
        self.text = text
    }
}
