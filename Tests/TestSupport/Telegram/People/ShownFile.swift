/// A document or a photo in a message.
public struct ShownFile: Hashable, Sendable {
    /// Whether it is shown as a picture.
    public var isPhoto: Bool
    /// Its name.
    public var name: String
    /// Its kind.
    public var contentType: String
    /// What is in it.
    public var bytes: [UInt8]
    /// What Telegram says its size is; as large as `bytes` unless the test only claims more.
    public var size: Int
    /// The number that the server gave it; 0 before.
    var number = 0

    /// A file to be sent.
    ///
    /// - Parameter size: What is said of its size, so that a test need not make 50 MB; `nil` for the truth.
    public init(
        _ name: String, _ bytes: [UInt8], contentType: String = "application/octet-stream", isPhoto: Bool = false,
        size: Int? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.contentType = contentType
        self.isPhoto = isPhoto
        self.size = size ?? bytes.count
    }

    /// What is in it as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What methods call it.
    var fileID: String { "file-\(number)" }
    /// Where it is downloaded from, after the token.
    var path: String { "\(isPhoto ? "photos" : "documents")/file_\(number)" }
}
