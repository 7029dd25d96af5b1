#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Lines over anything that reads and writes bytes: a child's standard streams, a socket.
public struct StreamTransport<Chunks: AsyncSequence & Sendable>: LineTransport
where Chunks.Element: Sequence<UInt8> {
    /// The lines from the other side.
    public let lines: LineSequence<Chunks>
    private let writeBytes: @Sendable (Data) async throws -> Void
    private let close: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - chunks: What arrives, in pieces of any size.
    ///   - limit: The most bytes a line may have.
    ///   - write: Writes all it is given, or throws.
    ///   - finish: Closes the outgoing side.
    public init(
        reading chunks: Chunks,
        limit: Int = LineFramer.defaultLimit,
        write: @escaping @Sendable (Data) async throws -> Void,
        finish: @escaping @Sendable () async throws -> Void
    ) {
        lines = LineSequence(chunks, limit: limit)
        writeBytes = write
        close = finish
    }

    /// Writes the line and its line feed in one piece.
    public func write(_ line: Data) async throws { try await writeBytes(line + [UInt8(ascii: "\n")]) }

    /// Closes the outgoing side.
    public func finish() async throws { try await close() }
}
