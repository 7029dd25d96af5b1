import Foundation
import Locking
import Logging

/// The log of a workspace: lines of time, level, component and text in a private file of bounded size.
///
/// A class with a lock: loggers write from every thread, and lines must not mix.
final class LogFile: Sendable {
    /// Past this size the file becomes `….1`, replacing the one before.
    private static let limit = 4 << 20

    private struct State {
        var descriptor: Int32
        var size: Int
    }

    private let path: String
    private let echoes: Bool
    private let redact: @Sendable (String) -> String
    private let state: Locked<State>

    /// Opens the file at `path`; nil when it cannot be written: a program without log is better than none.
    ///
    /// `redact` takes the secrets out of what is logged. With `echoes` each line goes to standard output as well.
    init?(path: String, echoes: Bool = false, redact: @escaping @Sendable (String) -> String) {
        self.echoes = echoes
        let descriptor = Self.open(path)
        guard descriptor >= 0 else { return nil }
        self.path = path
        self.redact = redact
        state = Locked(State(descriptor: descriptor, size: Int(lseek(descriptor, 0, SEEK_END))))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    /// A logger for `component`.
    func logger(_ component: String, level: Logger.Level) -> Logger {
        var logger = Logger(label: component) { LogLines(component: $0, file: self) }
        logger.logLevel = level
        return logger
    }

    fileprivate func write(_ heading: String, _ text: String) {
        // First without its secrets: as one line, some could not be told any more.
        let line = redact(text).map { $0.isNewline ? "⏎" : $0.isControl ? "�" : $0 }
        let bytes = Array("\(heading) \(String(line))\n".utf8)
        state.withLock { state in
            if state.size + bytes.count > Self.limit { rotate(&state) }
            state.size += max(0, Foundation.write(state.descriptor, bytes, bytes.count))
            if echoes { Self.echo(bytes) }
        }
    }

    /// Writes to standard output without ever waiting for its reader: whoever does not read still has the file.
    private static func echo(_ bytes: [UInt8]) {
        var ready = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&ready, 1, 0) == 1, ready.revents & Int16(POLLOUT) != 0 else { return }
        // A pipe that is ready takes as much at once.
        _ = Foundation.write(STDOUT_FILENO, bytes, min(bytes.count, 4096))
    }

    private func rotate(_ state: inout State) {
        close(state.descriptor)
        rename(path, path + ".1")
        state = State(descriptor: Self.open(path), size: 0)
    }

    private static func open(_ path: String) -> Int32 {
        Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }
}

/// Writes what one component logs.
private struct LogLines: LogHandler {
    let component: String
    let file: LogFile
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let suffix = details.map { " \($0.key)=\($0.value)" }.joined()
        file.write("\(Date.now.formatted(.iso8601)) \(event.level) \(component)", "\(event.message)\(suffix)")
    }
}

extension Character {
    /// What a terminal would obey when somebody looks at the log.
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
