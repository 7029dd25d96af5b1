#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A transport that often can take a line without keeping anybody waiting.
public protocol ImmediateLineTransport: LineTransport {
    /// Writes what of `line` takes no waiting; also called while ``LineTransport/write(_:)`` is not.
    func writeNow(_ line: Data) -> WrittenNow

    /// Writes the rest that ``writeNow(_:)`` has left, or throws when the other side is gone.
    func write(rest: Data) async throws
}

/// How much of a line was written without waiting.
public enum WrittenNow: Hashable, Sendable {
    case whole
    /// Nothing; also when the other side is gone, which the next write tells.
    case nothing
    /// A beginning; the rest, with what frames it, has to follow before anything else.
    case part(rest: Data)
}
