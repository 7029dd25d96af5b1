public import Conversation
import Foundation
import Locking
public import Logging
public import Redaction

/// The chronicle of a workspace in files: traces, and snapshots of its sessions.
///
/// The core hands in what is over; a task of its own writes it. Up to ``capacity`` exchanges wait for that, each of at
/// most some 70 KB; what comes when so many wait is left out and counted in the log. What cannot be written is logged
/// and left out, too. A class with a lock: the core hands in while the writer works.
public final class FileChronicle: Chronicle {
    /// The most exchanges that wait to be written.
    static let capacity = 256

    private let journal: any Journal
    private let directory: StateDirectory
    private let redactor: @Sendable () -> Redactor
    private let logger: Logger
    private let notes: AsyncStream<ExchangeNote>
    private let incoming: AsyncStream<ExchangeNote>.Continuation
    /// How many were left out since the log last told.
    private let lost = Locked(0)

    /// A chronicle in `directory` that writes what is redacted by the `redactor` of the moment.
    ///
    /// `journal` tells what was said in a session.
    public init(
        in directory: StateDirectory, journal: any Journal, logger: Logger = Logger(label: "chronicle"),
        redactor: @escaping @Sendable () -> Redactor
    ) {
        self.directory = directory
        self.journal = journal
        self.redactor = redactor
        self.logger = logger
        (notes, incoming) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    /// Has the exchange written soon.
    public func note(_ exchange: Exchange) {
        if case .dropped = incoming.yield(ExchangeNote(exchange)) { lost.withLock { $0 += 1 } }
    }

    /// Takes nothing more; ``run()`` returns when all that waits is written.
    public func close() { incoming.finish() }

    /// Writes what is handed in until the chronicle is closed; called once.
    public func run() async {
        var traces = Traces(in: directory)
        let snapshots = Snapshots(in: directory)
        for await note in notes {
            let redactor = redactor()
            await attempt("trace") { try traces.append(note, redactor) }
            // Nobody comes back to a session that was made for one question.
            if !note.session.rawValue.hasPrefix("ask:") {
                await attempt("snapshot") {
                    let records = try await journal.records(of: note.session, .lastTurns(Snapshots.items))
                    try snapshots.write(note, records, redactor)
                }
            }
            let lost = lost.withLock { lost in
                defer { lost = 0 }
                return lost
            }
            if lost > 0 {
                logger.warning("too many requests at once: left out of the traces", metadata: ["count": "\(lost)"])
            }
        }
    }

    private func attempt(_ what: String, _ write: () async throws -> Void) async {
        do {
            try await write()
        } catch {
            logger.error("the \(what) could not be written", metadata: ["error": "\(error)"])
        }
    }
}
