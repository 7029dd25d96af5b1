#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Cuts a stream of bytes into messages, and makes the bytes of a message for the other direction.
public protocol Framer: Sendable {
    /// Adds a chunk and returns the messages it completes, in order.
    ///
    /// After an error the stream is out of step, and the framer should be dropped.
    mutating func append(_ chunk: some Sequence<UInt8>) throws -> [Data]

    /// The bytes that carry `message`.
    func frame(_ message: Data) -> Data
}
