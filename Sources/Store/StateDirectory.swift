import Foundation

/// The private directory in which a workspace's state is kept.
public struct StateDirectory: Sendable {
    /// Its absolute path.
    public let path: String

    /// Where the state of the workspace at `workspace` is: `<base>/<name>-<8 hex digits of its path>`.
    ///
    /// The base is `$CM_STATE_DIR`, else `$XDG_STATE_HOME/cm`, else `~/.local/state/cm`; relative ones count from
    /// the current directory. Creates nothing.
    public init(workspace: String, environment: [String: String], home: String) {
        let base =
            if let own = environment["CM_STATE_DIR"], !own.isEmpty {
                URL(filePath: own).path(percentEncoded: false)
            } else if let xdg = environment["XDG_STATE_HOME"], !xdg.isEmpty {
                URL(filePath: xdg).appending(path: "cm").path(percentEncoded: false)
            } else {
                home + "/.local/state/cm"
            }
        let name = workspace.split(separator: "/").last.map(String.init) ?? "root"
        path = base + "/" + name + "-" + Self.hash(workspace)
    }

    /// What the workspace is called whose state is at `path`.
    public static func workspaceName(ofStateAt path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        // The hash, and the dash before it.
        return name.count > 9 && name.suffix(9).first == "-" ? String(name.dropLast(9)) : name
    }

    /// The path of the file called `name` in it.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Creates it and its parents, where missing, readable by the user alone, and checks that it can be written.
    ///
    /// Throws ``StoreError``, code `unusable`.
    public func prepare() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Self.unusable(path, because: Self.reason(error))
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw Self.unusable(path, because: String(cString: strerror(errno)))
        }
        // One that was there before may be open to others. Not ours to change is no reason to fail.
        _ = chmod(path, 0o700)
    }

    static func unusable(_ path: String, because reason: String) -> StoreError {
        StoreError(
            code: .unusable,
            description: "the state directory \(path) cannot be used: \(reason); CM_STATE_DIR names another place")
    }

    private static func reason(_ error: any Error) -> String {
        let outer = error as NSError
        let cause = (outer.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? outer
        return cause.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(cause.code))) : "\(error)"
    }

    /// FNV-1a, 32 bits: stable across versions, and only there to tell workspaces of one name apart.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
