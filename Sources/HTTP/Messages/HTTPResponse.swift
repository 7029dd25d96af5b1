#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An answer with all of its body.
public struct HTTPResponse: Hashable, Sendable {
    /// Such as 200; an answer of any status is an answer, not an error.
    public var status: Int
    /// The fields of its header.
    public var fields: HTTPFields
    /// Its body, as it was sent.
    public var body: Data

    /// Creates an answer.
    public init(status: Int, fields: HTTPFields = [:], body: Data = Data()) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether the status is one of 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(status) }
}

extension HTTPResponse: Discreet {
    /// The status and the size.
    public var description: String { "status \(status), \(body.count) bytes" }
}
