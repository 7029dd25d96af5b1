import Foundation

/// The directory whose configuration and state are used.
struct Workspace {
    /// Its absolute path, symbolic links resolved.
    let path: String

    /// `configDir` when given, else the root of the main git worktree around `directory`, else `directory`.
    ///
    /// Throws ``Failure`` when `configDir` is no directory.
    init(configDir: String?, directory: String) throws {
        guard let configDir else {
            let real = Self.real(directory)
            path = Self.mainWorktree(around: real) ?? real
            return
        }
        let full = Self.real(URL(filePath: configDir, relativeTo: URL(filePath: directory)).path(percentEncoded: false))
        guard FileManager.default.isDirectory(full) else {
            throw Failure(code: Failure.usage, message: "--config-dir \(configDir) is no directory")
        }
        path = full
    }

    private static func real(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Reads what git writes instead of asking it: starting git would take longer than all else at the start.
    private static func mainWorktree(around directory: String) -> String? {
        var place = directory
        while true {
            let git = place == "/" ? "/.git" : place + "/.git"
            var isDirectory: ObjCBool = false
            if FileManager.default.fileExists(atPath: git, isDirectory: &isDirectory) {
                if !isDirectory.boolValue { return mainWorktree(ofLinked: git) ?? place }
                // Sandboxes leave empty directories of this name, for instance in the one for temporary files.
                if FileManager.default.fileExists(atPath: git + "/HEAD") { return place }
            }
            guard place != "/" else { return nil }
            place = URL(filePath: place).deletingLastPathComponent().path(percentEncoded: false)
            if place.count > 1, place.hasSuffix("/") { place.removeLast() }
        }
    }

    /// In a linked worktree `.git` is a file that names `<main>/.git/worktrees/<name>`; nil for other such files.
    private static func mainWorktree(ofLinked file: String) -> String? {
        // A file that cannot be read makes the directory a workspace of its own.
        guard let text = try? String(contentsOfFile: file, encoding: .utf8), text.hasPrefix("gitdir: ") else {
            return nil
        }
        let target = text.dropFirst("gitdir: ".count).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let end = target.range(of: "/.git/worktrees/") else { return nil }
        let main = String(target[..<end.lowerBound])
        // It may be relative to where the file is.
        return real(main.hasPrefix("/") ? main : file.dropLast("/.git".count) + "/" + main)
    }
}
