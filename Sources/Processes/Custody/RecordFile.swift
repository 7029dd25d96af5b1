#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The file that tells of one running child, for those who come after a crash and for other processes.
///
/// The core creates it before the child starts; the guard adds a line for each thing it learns. So whoever of them is
/// killed, and when, what is known is written.
struct RecordFile: Hashable, Sendable {
    /// What a record says.
    struct Content: Hashable, Sendable {
        /// Whose child it is.
        var owner: String
        /// Who started it.
        var core: ProcessIdentity
        /// When, in seconds since 1970.
        var startedAt: Int
        /// Its guard; `nil` before it runs, and without one.
        var `guard`: ProcessIdentity?
        /// The program itself; `nil` before it runs.
        var program: ProcessIdentity?
        /// Why the guard could not start the program.
        var failure: Int32?
    }

    static let heading = "cm-child"

    let path: String

    /// Writes a new record as a whole, for this user alone; throws the system's error number.
    func create(_ content: Content) throws(SystemFailure) {
        // One line each: what people read must not look like another line.
        let owner = content.owner.split(whereSeparator: \.isNewline).joined(separator: " ")
        let lines = [
            Self.heading, "owner \(owner)", "core \(content.core)", "started \(content.startedAt)",
        ]
        let draft = path + Self.draftSuffix
        // Left by one of this name that was killed at just this moment.
        unlink(draft)
        try Self.write(lines, to: draft, O_CREAT | O_EXCL)
        guard rename(draft, path) == 0 else {
            let failure = SystemFailure()
            unlink(draft)
            throw failure
        }
    }

    /// What the name of a record ends with while it is being written.
    static let draftSuffix = ".new"

    /// Adds a line to a record that is still there; throws the system's error number.
    func append(_ line: String) throws(SystemFailure) { try Self.write([line], to: path, O_APPEND) }

    /// What it says; `nil` when it is gone or no record.
    func read() -> Content? {
        // A line is a line once its end is written.
        guard let bytes = ProcessFile.read(path), let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
        return Content(lines: String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n"))
    }

    /// Removes it; one that is gone already is as well.
    func remove() { unlink(path) }

    private static func write(_ lines: [String], to path: String, _ flags: Int32) throws(SystemFailure) {
        let file = open(path, O_WRONLY | O_CLOEXEC | flags, 0o600)
        guard file >= 0 else { throw SystemFailure() }
        defer { close(file) }
        // In one piece, so that no reader sees a part of a line followed by another.
        let text = Array(lines.map { $0 + "\n" }.joined().utf8)
        #if canImport(Darwin)
            let count = Darwin.write(file, text, text.count)
        #else
            let count = Glibc.write(file, text, text.count)
        #endif
        guard count == text.count else { throw SystemFailure(number: count < 0 ? errno : ENOSPC) }
    }
}

extension RecordFile.Content {
    /// Reads the lines of a record; `nil` where they are none.
    fileprivate init?(lines: [Substring]) {
        guard lines.first == Substring(RecordFile.heading) else { return nil }
        var values: [Substring: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = String(parts[1]) }
        }
        guard let core = values["core"].flatMap({ ProcessIdentity($0) }) else { return nil }
        owner = values["owner"] ?? ""
        self.core = core
        startedAt = values["started"].flatMap { Int($0) } ?? 0
        `guard` = values["guard"].flatMap { ProcessIdentity($0) }
        program = values["program"].flatMap { ProcessIdentity($0) }
        failure = values["failed"].flatMap { Int32($0) }
    }
}

/// The system's error number of a call that failed.
struct SystemFailure: Error {
    var number = errno
}
