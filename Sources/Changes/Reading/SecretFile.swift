/// Files that hold secrets by their name, and are never shown.
enum SecretFile {
    /// The same for git; `**/` stands for any folder and for none.
    static let exclusions = [".env", ".envrc", ".env.*"].map { ":(top,exclude,glob,icase)**/\($0)" }

    /// Whether the file at `path` is one of them.
    static func isOne(_ path: [UInt8]) -> Bool {
        let name = path.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let lower = name.lowercased()
        return lower == ".env" || lower == ".envrc" || lower.hasPrefix(".env.")
    }
}
