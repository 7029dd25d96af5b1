#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An answer whose body comes piece by piece.
///
/// The exchange ends with the last copy of the stream, its body and its iterators, if it has not ended by itself.
public struct HTTPStream: Sendable {
    /// Such as 200.
    public var status: Int
    /// The fields of the header.
    public var fields: HTTPFields
    /// The body, to be iterated once and by one task.
    public var body: Body

    /// Creates an answer.
    public init(status: Int, fields: HTTPFields = [:], body: Body) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether the status is one of 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The bytes of an answer, in pieces of at least one.
    ///
    /// Throws ``HTTPError`` when the answer breaks off, after all that came before, and `CancellationError` at once when
    /// the task is cancelled, which ends the exchange.
    public struct Body: AsyncSequence, Sendable {
        private let source: @Sendable () async throws -> Data?

        /// A body made of what `source` returns, which is called by one task at a time, until `nil`.
        public init(_ source: @escaping @Sendable () async throws -> Data?) { self.source = source }

        /// Starts at the first byte not taken yet.
        public func makeAsyncIterator() -> Iterator { Iterator(source: source) }

        /// Yields one piece after the other.
        public struct Iterator: AsyncIteratorProtocol {
            let source: @Sendable () async throws -> Data?

            /// The next bytes; `nil` at the end.
            public mutating func next() async throws -> Data? { try await source() }

            /// The next bytes, on the caller's actor.
            public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Data? {
                try await source()
            }
        }
    }
}

extension HTTPStream: Discreet {
    /// The status alone.
    public var description: String { "status \(status)" }
}
