#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Messages over anything that reads and writes bytes: a child's standard streams, a socket.
public struct StreamTransport<Chunks: AsyncSequence & Sendable>: ImmediateLineTransport
where Chunks.Element: Sequence<UInt8> {
    /// The lines from the other side.
    public let lines: LineSequence<Chunks>
    private let framer: any Framer
    private let writeBytes: @Sendable (Data) async throws -> Void
    private let writeBytesNow: (@Sendable (Data) -> Int)?
    private let close: @Sendable () async throws -> Void

    /// Lines, that end in LF.
    ///
    /// - Parameters:
    ///   - chunks: What arrives, in pieces of any size.
    ///   - limit: The most bytes a line may have.
    ///   - writeNow: Writes as much of the beginning as takes no waiting, and says how many bytes those are; nil where
    ///     every write may wait.
    ///   - write: Writes all it is given, or throws.
    ///   - finish: Closes the outgoing side.
    public init(
        reading chunks: Chunks,
        limit: Int = LineFramer.defaultLimit,
        writeNow: (@Sendable (Data) -> Int)? = nil,
        write: @escaping @Sendable (Data) async throws -> Void,
        finish: @escaping @Sendable () async throws -> Void
    ) {
        self.init(
            reading: chunks, framing: LineFramer(limit: limit), writeNow: writeNow, write: write, finish: finish)
    }

    /// Messages that are told apart otherwise.
    ///
    /// - Parameters:
    ///   - chunks: What arrives, in pieces of any size.
    ///   - framer: How messages are told apart, in both directions.
    ///   - writeNow: Writes as much of the beginning as takes no waiting, and says how many bytes those are; nil where
    ///     every write may wait.
    ///   - write: Writes all it is given, or throws.
    ///   - finish: Closes the outgoing side.
    public init(
        reading chunks: Chunks,
        framing framer: any Framer,
        writeNow: (@Sendable (Data) -> Int)? = nil,
        write: @escaping @Sendable (Data) async throws -> Void,
        finish: @escaping @Sendable () async throws -> Void
    ) {
        self.framer = framer
        lines = LineSequence(chunks, framing: framer)
        writeBytes = write
        writeBytesNow = writeNow
        close = finish
    }

    /// Writes the line and what frames it in one piece.
    public func write(_ line: Data) async throws { try await writeBytes(framer.frame(line)) }

    /// Writes what of the line, and what frames it, takes no waiting.
    public func writeNow(_ line: Data) -> WrittenNow {
        guard let writeBytesNow else { return .nothing }
        let framed = framer.frame(line), count = writeBytesNow(framed)
        guard count > 0 else { return .nothing }
        return count == framed.count ? .whole : .part(rest: framed.dropFirst(count))
    }

    /// Writes the rest of a line that was begun.
    public func write(rest: Data) async throws { try await writeBytes(rest) }

    /// Closes the outgoing side.
    public func finish() async throws { try await close() }
}
