#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One part of `multipart/form-data`.
public struct FormPart: Sendable {
    /// Where the content comes from.
    public enum Content: Sendable {
        /// These bytes.
        case bytes(Data)
        /// A regular file, which is read while it is sent and never as a whole.
        case file(path: String)
    }

    /// The name of the form's field.
    public var name: String
    /// What it holds.
    public var content: Content
    /// What the server takes the file's name for; `nil` for a plain field.
    public var fileName: String?
    /// Such as `image/png`; `nil` when nothing is said.
    public var contentType: String?

    /// A plain field.
    public static func field(_ name: String, _ value: String) -> FormPart {
        FormPart(name: name, content: .bytes(Data(value.utf8)))
    }

    /// A file.
    public static func file(
        _ name: String, _ content: Content, fileName: String, contentType: String = "application/octet-stream"
    ) -> FormPart {
        FormPart(name: name, content: content, fileName: fileName, contentType: contentType)
    }
}

extension FormPart: Discreet {
    /// The name of the field alone.
    public var description: String { "part \(name)" }
}
