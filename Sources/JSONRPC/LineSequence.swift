#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The lines of a stream of chunks; pulls a chunk only when the lines before it have been taken.
public struct LineSequence<Chunks: AsyncSequence>: AsyncSequence where Chunks.Element: Sequence<UInt8> {
    private let chunks: Chunks
    private let limit: Int

    /// Cuts `chunks` at LF; a line of more than `limit` bytes ends the sequence with `LineFramer.LineTooLong`.
    public init(_ chunks: Chunks, limit: Int = LineFramer.defaultLimit) {
        self.chunks = chunks
        self.limit = limit
    }

    /// Starts at the first chunk not taken yet.
    public func makeAsyncIterator() -> Iterator {
        Iterator(chunks: chunks.makeAsyncIterator(), framer: LineFramer(limit: limit))
    }

    /// Yields one line after the other.
    public struct Iterator: AsyncIteratorProtocol {
        var chunks: Chunks.AsyncIterator
        var framer: LineFramer
        var ready: [Data].Iterator = [].makeIterator()

        /// The next line; `nil` at the end, where a line without its line feed is dropped.
        public mutating func next() async throws -> Data? { try await next(isolation: #isolation) }

        /// The next line, on the caller's actor.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Data? {
            while true {
                if let line = ready.next() { return line }
                guard let chunk = try await chunks.next(isolation: actor) else { return nil }
                ready = try framer.append(chunk).makeIterator()
            }
        }
    }
}

extension LineSequence: Sendable where Chunks: Sendable {}
