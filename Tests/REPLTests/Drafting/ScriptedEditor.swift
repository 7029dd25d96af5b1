import Foundation
import Testing

/// A script as the person's editor, in a folder that goes when nobody holds this any more.
///
/// It starts in that folder, and `$1` is the file with the text.
final class ScriptedEditor {
    let folder: String

    init(_ script: String) throws {
        var template = Array("/tmp/scripted-editor-XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        try FileManager.default.createDirectory(atPath: folder + "/drafts", withIntermediateDirectories: false)
        try "cd '\(folder)' || exit 99\n\(script)\n".write(
            toFile: folder + "/script", atomically: true, encoding: .utf8)
    }

    // What cannot be removed is the system's to clean.
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Names it.
    ///
    /// Through the shell: a file that was written just now may not be executed yet.
    var environment: [String: String] {
        ["EDITOR": "sh '\(folder)/script'", "PATH": "/usr/bin:/bin", "TMPDIR": folder + "/drafts"]
    }

    /// What it wrote to one of its files.
    func file(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    /// What is left of the texts that were edited.
    var leftovers: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder + "/drafts") }
    }
}
