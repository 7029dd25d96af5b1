import Conversation

/// A file that is handed over, as JSON.
struct SharedFileForm: Codable, Sendable {
    var path: String
    var name: String
    var size: Int64
    var by: String
    var hidesSecrets: Bool

    init(_ file: SharedFile) {
        (path, name, size, by, hidesSecrets) = (file.path, file.name, file.size, file.by, file.hidesSecrets)
    }

    var file: SharedFile { SharedFile(path: path, name: name, size: size, by: by, hidesSecrets: hidesSecrets) }
}
