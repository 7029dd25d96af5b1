/// A file that a person or an agent hands to all who are attached to a session.
///
/// It is no copy: whoever sends it on sends it as it is then.
public struct SharedFile: Hashable, Sendable {
    /// An absolute path, without links.
    public var path: String
    /// What people call it: a path from the working directory.
    public var name: String
    /// In bytes, when it was handed over.
    public var size: Int64
    /// Who did it, for people.
    public var by: String
    /// Whether it is a text with secrets, which are taken out where it is sent elsewhere.
    public var hidesSecrets: Bool

    /// Creates a file from its parts.
    public init(path: String, name: String, size: Int64, by: String = "", hidesSecrets: Bool = false) {
        (self.path, self.name, self.size, self.by) = (path, name, size, by)
        self.hidesSecrets = hidesSecrets
    }

    /// One line for people.
    public var line: String {
        "\(name) · \(FileSize(size)) · \(path)\(hidesSecrets ? " · secrets in it are taken out where it is sent" : "")"
    }
}
