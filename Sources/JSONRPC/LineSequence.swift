#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The messages, mostly lines, of a stream of chunks; pulls a chunk only when the messages before it have been taken.
public struct LineSequence<Chunks: AsyncSequence>: AsyncSequence where Chunks.Element: Sequence<UInt8> {
    private let chunks: Chunks
    private let framer: any Framer

    /// Cuts `chunks` at LF; a line of more than `limit` bytes ends the sequence with `LineFramer.LineTooLong`.
    public init(_ chunks: Chunks, limit: Int = LineFramer.defaultLimit) {
        self.init(chunks, framing: LineFramer(limit: limit))
    }

    /// Cuts `chunks` as `framer` does, whose error ends the sequence.
    public init(_ chunks: Chunks, framing framer: any Framer) {
        self.chunks = chunks
        self.framer = framer
    }

    /// Starts at the first chunk not taken yet.
    public func makeAsyncIterator() -> Iterator {
        Iterator(chunks: chunks.makeAsyncIterator(), framer: framer)
    }

    /// Yields one line after the other.
    public struct Iterator: AsyncIteratorProtocol {
        var chunks: Chunks.AsyncIterator
        var framer: any Framer
        var ready: [Data].Iterator = [].makeIterator()

        /// The next line; `nil` at the end, where one that is not complete is dropped.
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
