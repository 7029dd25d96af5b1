#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import JSONRPC

/// One end of an in-memory two-way channel of lines.
///
/// Unbounded, because the tests are the producers.
public struct PipeEnd: LineTransport {
    /// What the other end wrote.
    public let lines: AsyncThrowingStream<Data, any Error>
    private let out: AsyncThrowingStream<Data, any Error>.Continuation

    /// Two ends, each reading what the other writes.
    public static func pair() -> (PipeEnd, PipeEnd) {
        let (toRight, left) = AsyncThrowingStream<Data, any Error>.makeStream()
        let (toLeft, right) = AsyncThrowingStream<Data, any Error>.makeStream()
        return (PipeEnd(lines: toLeft, out: left), PipeEnd(lines: toRight, out: right))
    }

    /// Hands `line` to the other end.
    public func write(_ line: Data) { out.yield(line) }

    /// Hands a line, written out, to the other end.
    public func write(_ line: String) { out.yield(Data(line.utf8)) }

    /// Ends the other end's lines.
    public func finish() { out.finish() }

    /// Ends the other end's lines with an error, as a broken transport does.
    public func fail(_ error: any Error) { out.finish(throwing: error) }
}
