#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A two-way channel of lines, as a conversation needs it.
public protocol LineTransport: Sendable {
    /// The lines from the other side, without their line feeds.
    associatedtype Lines: AsyncSequence<Data, any Error>

    /// The lines from the other side, in order. Iterated once; ends when the other side closes.
    var lines: Lines { get }

    /// Writes one line, whole, or throws when the other side is gone. Called from one task at a time.
    func write(_ line: Data) async throws

    /// Closes the outgoing side, so that the other side reads end-of-file. Called at most once, after the last write.
    func finish() async throws
}
