import Conversation
import Foundation

/// The logs in the state of a workspace: `NAME.log`, and `NAME.log.1` with what came before.
struct ProcessLogs: Sendable {
    /// Why a log is not shown.
    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    /// The name of our own.
    static let own = "cm"
    /// At most this much of a file is read.
    private static let readLimit = 1 << 20
    /// Longer lines are cut.
    private static let lineLimit = 400

    let folder: String
    let redact: @Sendable (String) -> String

    /// The names of the processes that have a log, ours first.
    var names: [String] {
        // A folder that cannot be read has none.
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let others = files.filter { $0.hasSuffix(".log") }.map { String($0.dropLast(4)) }.filter { $0 != Self.own }
        return [Self.own] + others.sorted()
    }

    /// The last `count` lines of the log of `process`, nil for our own.
    ///
    /// Throws ``Unknown`` when there is none of that name.
    @concurrent func tail(_ count: Int, of process: String?) async throws -> String {
        let name = process ?? Self.own
        guard let known = names.first(where: { $0.lowercased() == name.lowercased() }) else {
            throw Unknown(description: "no process called \(name) has a log; \(names.existing)")
        }
        var lines = Self.lines(at: "\(folder)/\(known).log")
        if lines.count < count { lines = Self.lines(at: "\(folder)/\(known).log.1") + lines }
        lines = lines.suffix(max(1, count))
        guard !lines.isEmpty else { return "the log of \(known) is empty" }
        // Once more: another process may have written it without.
        let text = redact(lines.joined(separator: "\n"))
        let shown = text.split(separator: "\n", omittingEmptySubsequences: false).map(Self.shown)
        let heading = shown.count == 1 ? "the last line" : "the last \(shown.count) lines"
        return (["\(heading) of the log of \(known)"] + shown).joined(separator: "\n")
    }

    /// The last lines of a file.
    private static func lines(at path: String) -> [String] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return [] }
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        let start = max(0, size - readLimit)
        guard size > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: size - start) { buffer, count in
            count = max(0, pread(file, buffer.baseAddress, buffer.count, off_t(start)))
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        // The first one has lost its beginning.
        if start > 0, !lines.isEmpty { lines.removeFirst() }
        return lines
    }

    /// A line that moves no cursor, cut where it is too long.
    private static func shown(_ line: Substring) -> String {
        let plain = line.prefix(lineLimit).map { $0.unicodeScalars.contains(where: isControl) ? "\u{FFFD}" : $0 }
        return String(plain) + (line.count > lineLimit ? "…" : "")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\t"
    }
}
