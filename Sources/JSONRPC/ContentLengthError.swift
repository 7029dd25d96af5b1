/// The other side sent what is no message with `Content-Length` in front.
public struct ContentLengthError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Code: Hashable, Sendable {
        /// A line of the header has no name, or does not end in CRLF.
        case notAHeader
        /// The header says no size.
        case noLength
        /// The size is no number, or there are two that differ.
        case badLength
        /// The header does not end where it should have long since.
        case headerTooLong
        /// The message would be larger than is taken.
        case messageTooLong
    }

    /// What is wrong.
    public var code: Code
    /// The beginning of what was found instead.
    public var found: String

    init(_ code: Code, found: some Collection<UInt8>) {
        self.code = code
        self.found = String(decoding: found.prefix(80), as: UTF8.self)
    }
}

extension ContentLengthError: CustomStringConvertible {
    /// One sentence for whoever reads the log.
    public var description: String {
        // Quoted, with control characters written out.
        let found = String(reflecting: found)
        return switch code {
        case .notAHeader: "the other side sent \(found) where the header of a message should be"
        case .noLength: "the other side sent a message without Content-Length"
        case .badLength: "the other side sent \(found), which is no size"
        case .headerTooLong:
            "the other side sent a header of more than \(ContentLengthFramer.headerLimit) bytes: \(found)"
        case .messageTooLong: "the other side announced a message of \(self.found) bytes, which is more than is taken"
        }
    }
}
