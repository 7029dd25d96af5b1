/// A method of the Bot API, as its parameters; they are named as on the wire.
public protocol BotMethod: Encodable, Sendable {
    /// What it answers.
    associatedtype Answer: Decodable & Sendable

    /// The name of the method.
    static var name: String { get }

    /// The files that go with it; each is named in the parameters by `attach://` and its name.
    var files: [BotUpload] { get }
}

extension BotMethod {
    /// None.
    public var files: [BotUpload] { [] }
}

/// A file on its way to Telegram.
public struct BotUpload: Hashable, Sendable {
    /// What the parameters call it.
    public var name: String
    /// What people see.
    public var fileName: String
    /// What it holds, and where that is.
    public var content: Content

    /// Where a file's bytes are.
    public enum Content: Hashable, Sendable {
        case bytes([UInt8])
        /// A file of this machine.
        case path(String)
    }

    /// Creates a file from its parts.
    public init(name: String, fileName: String, content: Content) {
        self.name = name
        self.fileName = fileName
        self.content = content
    }
}
