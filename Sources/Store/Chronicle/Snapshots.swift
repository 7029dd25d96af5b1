public import Conversation
import Foundation
import Redaction

/// The snapshots of sessions, for people: never read back.
public struct Snapshots: Sendable {
    /// How many messages and answers a snapshot has, and the most bytes of each.
    static let items = 20, itemLimit = 8 << 10

    private let directory: String

    /// The snapshots in `directory`.
    public init(in directory: StateDirectory) { self.directory = directory.file("sessions") }

    /// Takes the snapshot of `session` away, if there is one.
    public func remove(_ session: SessionID) {
        // One that cannot be removed is a file too many, and no more.
        _ = unlink("\(directory)/\(SnapshotName(session).text)")
    }

    /// Writes what `note` and the `records` of the last turns tell, without secrets.
    func write(_ note: ExchangeNote, _ records: [Record], _ redactor: Redactor) throws {
        let snapshot = Snapshot(note, Self.history(records, redactor), redactor)
        let file = PrivateFile(SnapshotName(note.session).text, in: directory)
        // One name for all: what a crash leaves is gone with the next snapshot.
        try file.replace(with: try ReadableJSON.encode(snapshot, isPretty: true), temporary: ".new")
    }

    private static func history(_ records: [Record], _ redactor: Redactor) -> [Snapshot.Item] {
        let items = records.compactMap { record -> (role: String, text: String)? in
            switch record.event {
            case .started(let turn): ("user", turn.text)
            case .finished(_, let outcome) where !outcome.text.isEmpty: ("assistant", outcome.text)
            case .finished, .accepted, .dropped, .steered, .unsteered, .stopping, .delta, .action, .approval, .stage,
                .changed, .shared, .notice, .revised, .deleted:
                nil
            }
        }
        return items.suffix(Self.items).map {
            Snapshot.Item(role: $0.role, content: Excerpt($0.text, limit: itemLimit).redacted(by: redactor))
        }
    }
}
