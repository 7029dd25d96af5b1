#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file of a directory that may be sent to people elsewhere.
public struct OutgoingFile: Hashable, Sendable {
    /// Larger files stay.
    public static let sizeLimit = 50 << 20

    /// The absolute path, without links.
    public let path: String
    /// What people call it: a path from its directory, as far as that is known.
    public let name: String
    /// In bytes.
    public let size: Int

    /// Finds the file that is called `typed` in `directory`; throws ``ReadingError`` when there is none that may be sent.
    public init(_ typed: String, in directory: String) throws(ReadingError) {
        let shown = PlainLines.shown(path: typed)
        guard let place = try PlaceInDirectory(typed, in: directory) else {
            throw ReadingError(.noFile, "there is no file \(shown) in the working directory")
        }
        let name = PlainLines.shown(path: place.name)
        // By both of its names: there may be links on the way to it.
        let names = [Array(place.name.utf8), Array(place.path.dropFirst(place.root.count))]
        guard !names.contains(where: { GitsOwnFile.isOne($0, in: place.root) }) else {
            throw ReadingError(.refused, "\(name) is one of git's own files, which may hold secrets, and is not sent")
        }
        guard !KeyFile.isOne(names[0]) else { throw Self.secret(name) }
        try self.init(place.path, place.status, shown: name)
    }

    /// The same file again, later; throws ``ReadingError`` when it has gone or may not be sent any more.
    ///
    /// A link that has come into its way since then is not followed.
    public init(again path: String) throws(ReadingError) {
        let shown = PlainLines.shown(path: path), bytes = Array(path.utf8)
        guard let status = FileStatus(at: bytes), let real = bytes.withCString({ realpath($0, nil) }) else {
            throw ReadingError(.noFile, "\(shown) is not there any more")
        }
        defer { free(real) }
        guard bytes.elementsEqual(String(cString: real).utf8) else {
            throw ReadingError(.refused, "\(shown) leads elsewhere now")
        }
        try self.init(bytes, status, shown: shown)
    }

    private init(_ path: [UInt8], _ status: FileStatus, shown: String) throws(ReadingError) {
        guard status.kind == .file else { throw ReadingError(.noFile, "\(shown) is no regular file") }
        guard !SecretFile.isOne(path), !KeyFile.isOne(path) else { throw Self.secret(shown) }
        guard status.size > 0 else { throw ReadingError(.noFile, "\(shown) is empty") }
        guard status.size <= Self.sizeLimit else {
            throw ReadingError(
                .noFile, "\(shown) is too large to be sent: \(status.size) bytes, of \(Self.sizeLimit) at most")
        }
        guard let text = String(validating: path, as: UTF8.self), path.withCString({ access($0, R_OK) }) == 0 else {
            throw ReadingError(.noFile, "\(shown) cannot be read")
        }
        (self.path, name, size) = (text, shown, status.size)
    }

    private static func secret(_ shown: String) -> ReadingError {
        ReadingError(.refused, "\(shown) holds secrets by its name, and is not sent")
    }

    /// What is in a file.
    public struct Content: Hashable, Sendable {
        /// All of it.
        public let bytes: [UInt8]
        /// Whether it is text, in any coding that has no zeros.
        public let isText: Bool
    }

    /// What is in it; throws ``ReadingError`` when it cannot be read, has become a link or too large.
    ///
    /// What is sent is what was read here: a file that is opened again may be another one.
    public func content() throws(ReadingError) -> Content {
        guard let bytes = Changes.Content.load(Array(path.utf8), limit: Self.sizeLimit)?.bytes else {
            throw ReadingError(.noFile, "\(name) cannot be read")
        }
        return Content(bytes: bytes, isText: !DirectoryReader.isBinary(bytes))
    }
}
