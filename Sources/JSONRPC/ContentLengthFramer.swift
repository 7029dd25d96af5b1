#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Cuts a byte stream into messages that are preceded by their size, as in the Language Server Protocol.
///
/// A message is a header of lines that end in CRLF, an empty line, and as many bytes as `Content-Length` says. Names of
/// headers may have any case; other headers than that one are ignored. Each byte is looked at once and copied once.
public struct ContentLengthFramer: Framer {
    /// The most bytes a header may have; real ones have about 30.
    public static let headerLimit = 4 << 10

    private let limit: Int
    /// The header under way, up to its last complete line.
    private var header = ContentLengthHeader()
    /// A header line whose end has not arrived.
    private var line: [UInt8] = []
    private var headerSize = 0
    /// The message under way, and how many bytes it will have; nil while its header is read.
    private var body: (bytes: Data, size: Int)?

    /// Creates a framer that refuses messages of more than `limit` bytes.
    public init(limit: Int = LineFramer.defaultLimit) { self.limit = limit }

    /// Adds a chunk and returns the messages it completes, without their headers; empty ones are left out.
    ///
    /// After an error the stream is out of step, and the framer should be dropped.
    public mutating func append(_ chunk: some Sequence<UInt8>) throws(ContentLengthError) -> [Data] {
        var messages: [Data] = []
        var rest = Array(chunk)[...]
        while !rest.isEmpty {
            if body == nil {
                try readHeaderLine(&rest)
            } else {
                readBody(&rest)
            }
            if let (bytes, size) = body, bytes.count == size {
                if size > 0 { messages.append(bytes) }
                body = nil
            }
        }
        return messages
    }

    /// Puts the size of `message` in front of it.
    public func frame(_ message: Data) -> Data { Data("Content-Length: \(message.count)\r\n\r\n".utf8) + message }

    private mutating func readHeaderLine(_ rest: inout ArraySlice<UInt8>) throws(ContentLengthError) {
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        let piece = rest[..<(end ?? rest.endIndex)]
        headerSize += piece.count + (end == nil ? 0 : 1)
        line += piece.prefix(Self.headerLimit)
        guard headerSize <= Self.headerLimit else { throw ContentLengthError(.headerTooLong, found: line) }
        guard let end else { return rest = [] }
        rest = rest[(end + 1)...]
        let complete = line
        line = []
        guard complete.last == UInt8(ascii: "\r") else { throw ContentLengthError(.notAHeader, found: complete) }
        let text = complete.dropLast()
        guard text.isEmpty else { return try header.add(text) }
        body = (Data(), try header.size(atMost: limit))
        header = ContentLengthHeader()
        headerSize = 0
    }

    private mutating func readBody(_ rest: inout ArraySlice<UInt8>) {
        guard let size = body?.size, let count = body?.bytes.count else { return }
        let piece = rest.prefix(size - count)
        body?.bytes.append(contentsOf: piece)
        rest = rest[piece.endIndex...]
    }
}
