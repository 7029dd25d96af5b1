/// Files that by their name or place hold keys or passwords, and are never sent to anybody.
enum KeyFile {
    private static let folders: Set<String> = [".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker"]
    private static let names: Set<String> = [
        ".netrc", "_netrc", ".pgpass", ".git-credentials", ".npmrc", ".pypirc", ".htpasswd", "id_rsa", "id_dsa",
        "id_ecdsa", "id_ed25519", "credentials",
    ]
    private static let endings = [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk"]

    /// Whether the file at `path` is one of them.
    static func isOne(_ path: [UInt8]) -> Bool {
        let parts = path.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self).lowercased() }
        guard let name = parts.last else { return false }
        return names.contains(name) || endings.contains(where: name.hasSuffix)
            || parts.dropLast().contains(where: folders.contains)
    }
}
