public import Logging
import Synchronization

/// A log that remembers everything it was told.
///
/// A class with a lock, because whoever logs does so from any thread.
public final class RecordingLog: Sendable {
    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.add("\(event.level) \(event.message) \(event.metadata ?? [:])\n")
        }
    }

    private let state = Mutex("")

    /// Creates an empty log.
    public init() {}

    /// Everything so far, a line for each entry.
    public var text: String { state.withLock(\.self) }

    /// A logger that writes here, everything.
    public var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private func add(_ line: String) { state.withLock { $0 += line } }
}
