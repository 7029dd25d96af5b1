public import Conversation
import Foundation
public import Redaction

/// The traces of a workspace: a file for each day in UTC, a line for each request.
public struct Traces: Sendable {
    private let directory: String
    /// Tells the requests of this process that were no turns from those of others.
    private var count = 0

    /// The traces in `directory`.
    public init(in directory: StateDirectory) { self.directory = directory.file("traces") }

    /// Adds the line for `exchange`, without secrets, at the end of the file of its day.
    ///
    /// Throws ``StoreError`` when it cannot be written.
    public mutating func append(_ exchange: Exchange, _ redactor: Redactor) throws {
        try append(ExchangeNote(exchange), redactor)
    }

    mutating func append(_ note: ExchangeNote, _ redactor: Redactor) throws {
        count += 1
        let run = "c\(note.time.millisecondsSince1970)-\(getpid())-\(count)"
        let line = TraceLine(note, run: run, redactor)
        // Opened for each line: a file that somebody takes away comes back.
        let file = PrivateFile("\(line.timestamp.prefix(10)).jsonl", in: directory)
        try file.append(try ReadableJSON.encode(line, isPretty: false))
    }
}
