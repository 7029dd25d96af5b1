#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Cuts a byte stream into lines at LF, whatever chunks it arrives in.
///
/// Each byte is looked at once and copied at most once (growth of a partial line aside), so that neither a huge line
/// in small chunks nor a huge chunk of small lines costs more than its size.
public struct LineFramer: Framer {
    /// A line outgrew the limit.
    public struct LineTooLong: Error, Hashable, Sendable, CustomStringConvertible {
        /// The most bytes a line may have.
        public var limit: Int

        /// Creates the error for `limit`.
        public init(limit: Int) { self.limit = limit }

        /// One sentence for whoever reads the log.
        public var description: String { "the other side sent a line of more than \(limit) bytes" }
    }

    /// 64 MiB: an agent's largest messages, whole command outputs and echoed prompts, stay well below.
    public static let defaultLimit = 64 << 20

    private let limit: Int
    /// The beginning of a line whose end has not arrived; holds no LF.
    private var partial = Data()
    /// How many bytes were looked at, for the test that this stays linear.
    private(set) var examined = 0

    /// Creates a framer that refuses lines of more than `limit` bytes.
    public init(limit: Int = defaultLimit) { self.limit = limit }

    /// Adds a chunk and returns the lines it completes, without their line feeds; empty lines are left out.
    ///
    /// After an error the stream is out of step, and the framer should be dropped.
    public mutating func append(_ chunk: some Sequence<UInt8>) throws(LineTooLong) -> [Data] {
        var lines: [Data] = []
        var fits = true
        let contiguous: Void? = chunk.withContiguousStorageIfAvailable { bytes in
            fits = cut(UnsafeRawBufferPointer(bytes), into: &lines)
        }
        if contiguous == nil { Array(chunk).withUnsafeBytes { fits = cut($0, into: &lines) } }
        guard fits else { throw LineTooLong(limit: limit) }
        return lines
    }

    /// Ends `message`, which holds no line feed, with one.
    public func frame(_ message: Data) -> Data { message + [UInt8(ascii: "\n")] }

    /// Returns `false` when a line outgrew the limit.
    private mutating func cut(_ bytes: UnsafeRawBufferPointer, into lines: inout [Data]) -> Bool {
        var rest = bytes
        while let length = Self.lineLength(in: rest) {
            examined += length + 1
            guard partial.count + length <= limit else { return false }
            let end = UnsafeRawBufferPointer(rebasing: rest.prefix(length))
            if partial.isEmpty {
                if length > 0 { lines.append(Data(end)) }
            } else {
                partial.append(contentsOf: end)
                lines.append(partial)
                partial = Data()
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(length + 1))
        }
        examined += rest.count
        guard partial.count + rest.count <= limit else { return false }
        partial.append(contentsOf: rest)
        return true
    }

    /// How many bytes come before the first LF; `nil` when there is none.
    private static func lineLength(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress, let found = memchr(start, 0x0A, bytes.count) else { return nil }
        return UnsafeRawPointer(found) - start
    }
}
