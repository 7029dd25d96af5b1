import Conversation
import JSONRPC
import Locking

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The lines that were told last: what many clients are told at the same time is encoded once.
///
/// Equal records have equal lines, so nothing has to be kept in step. A class with a lock, because every subscription
/// tells from a task of its own.
final class EventLines: Sendable {
    /// How many lines are kept: clients that read are no further apart.
    static let limit = 64
    /// The most bytes of a line that is kept, which bounds them all to 1 MiB; longer ones are rare.
    static let longest = 16 << 10

    private struct Key: Hashable {
        var record: Record
        var subscription: Int

        /// Of what tells most records apart: every client looks, and records are large.
        func hash(into hasher: inout Hasher) {
            hasher.combine(record.cursor)
            hasher.combine(subscription)
        }
    }

    private struct Kept {
        var lines: [Key: Data] = [:]
        /// The keys, of which the one at `next` is the oldest once there are as many as may be.
        var order: [Key] = []
        var next = 0

        mutating func add(_ line: Data, for key: Key) {
            guard lines.updateValue(line, forKey: key) == nil else { return }
            if order.count < EventLines.limit {
                order.append(key)
            } else {
                lines[order[next]] = nil
                order[next] = key
                next = (next + 1) % EventLines.limit
            }
        }
    }

    private let kept = Locked(Kept())

    /// How many lines are kept.
    var count: Int { kept.withLock(\.lines.count) }

    /// The line that tells `record` to the subscription of this number.
    func line(for record: Record, to subscription: Int) throws -> Data {
        let key = Key(record: record, subscription: subscription)
        if let line = kept.withLock({ $0.lines[key] }) { return line }
        let line = try Connection.line(for: ControlNotice.Happened(record, to: subscription))
        if line.count <= Self.longest { kept.withLock { $0.add(line, for: key) } }
        return line
    }
}
