#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where submitted lines are kept between runs: a line of the file each, newest last, readable by the user alone.
///
/// A newline within an entry is written `\n` and a backslash `\\`. Every entry is appended by one write, so that
/// programs that share the file do not lose each other's. A file that cannot be read or written is as good as none:
/// a history is a convenience.
struct HistoryFile {
    /// Longer entries, in bytes, are not written.
    static let entryLimit = 64 << 10
    private static let sizeLimit = 16 << 20

    let path: String

    /// The newest entries; a file with more than `LineHistory.limit` is cut to them.
    func load() -> [String] {
        let lines = contents().split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        let newest = Array(lines.suffix(LineHistory.limit))
        if lines.count > newest.count { replace(with: newest) }
        return newest.map(Self.decode)
    }

    func append(_ entry: String) {
        let line = Self.encode(entry) + "\n"
        guard line.utf8.count <= Self.entryLimit else { return }
        write(line, to: path, flags: O_APPEND)
    }

    private func replace(with lines: [String]) {
        let temporary = "\(path).\(getpid())"
        write(lines.map { $0 + "\n" }.joined(), to: temporary, flags: O_TRUNC)
        if rename(temporary, path) != 0 { unlink(temporary) }
    }

    private func contents() -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < Self.sizeLimit {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private func write(_ text: String, to path: String, flags: Int32) {
        // Created for the user alone, so that it is never readable by others, not even empty.
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | flags, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        // One that was there before may have another mode.
        _ = fchmod(file, 0o600)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func encode(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case "\\": line += "\\\\"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private static func decode(_ line: String) -> String {
        var entry = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if scalar == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            entry.append(isEscaped && scalar == "n" ? "\n" : scalar)
            isEscaped = false
        }
        return String(entry)
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
