#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a request carries.
public enum HTTPBody: Sendable {
    /// Nothing.
    case none
    /// Bytes of that content type, such as `application/json`.
    case bytes(Data, contentType: String)
    /// `multipart/form-data`.
    case form([FormPart])
}

extension HTTPBody: Discreet {
    /// Its kind and size.
    public var description: String {
        switch self {
        case .none: "no body"
        case .bytes(let bytes, _): "\(bytes.count) bytes"
        case .form(let parts): "a form of \(parts.count) parts"
        }
    }
}
