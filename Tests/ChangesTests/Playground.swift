import Changes
import Foundation
import Processes
import Testing

/// A directory to change, a storage beside it, and a real git; removed with the object.
final class Playground: Sendable {
    let base: String
    /// The directory that is watched.
    let work: String

    static let environment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_NOSYSTEM": "1",
    ]

    init() throws {
        base = NSTemporaryDirectory() + "cm-test-" + UUID().uuidString
        work = base + "/project"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    }

    /// A repository with a commit of a few files.
    static func repository() async throws -> Playground {
        let playground = try Playground()
        try await playground.git("init", "-q", "-b", "main")
        try playground.write("one\ntwo\nthree\n", to: "a.txt")
        try playground.write("inner\n", to: "sub/b.txt")
        try playground.write("*.log\n", to: ".gitignore")
        try await playground.commit("first")
        return playground
    }

    deinit { try? FileManager.default.removeItem(atPath: base) }  // what is left harms nobody

    /// A tracker; each has the same storage, as after a restart.
    func tracker(
        git: String? = "git", _ variables: [String: String] = [:], clock: any Clock<Duration> = ContinuousClock()
    ) -> ChangeTracker {
        var tracker = ChangeTracker(
            storage: base + "/storage", git: git, environment: Self.environment.merging(variables) { $1 }, custody: nil,
            clock: clock)
        // A loaded machine is no failure.
        tracker.timeLimit = .seconds(110)
        return tracker
    }

    /// What the tracker tells of what `change` does.
    func changes(
        in directory: String? = nil, git: String? = "git", limit: Int = 100_000, by change: () async throws -> Void
    ) async throws -> ChangeReport {
        let directory = directory ?? work
        let before = try await tracker(git: git).snapshot(of: directory)
        try await change()
        return try await tracker(git: git).changes(in: directory, since: before, limit: limit)
    }

    func path(_ name: String) -> String { work + "/" + name }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ content: Data, to name: String) throws {
        let folder = (path(name) as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try content.write(to: URL(filePath: path(name)))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    /// Runs git in the directory, or in a folder of it.
    @discardableResult func git(_ arguments: String..., in folder: String = ".", fails: Bool = false) async throws
        -> String
    {
        let child = ChildProcess(
            "git", arguments: arguments, environment: Self.environment, workingDirectory: path(folder))
        let (lines, status) = try await child.run { child in
            await child.closeInput()
            let lines = try await child.lines.reduce(into: []) { $0.append($1) }
            _ = try await child.ended()
            return lines
        }
        try #require(status.isSuccess != fails, "git \(arguments) \(status)")
        return lines.joined(separator: "\n")
    }

    func commit(_ message: String, in folder: String = ".") async throws {
        try await git("add", "-A", in: folder)
        try await git("commit", "-q", "-m", message, in: folder)
    }

    /// Everything in a folder: what each is, when it was modified, and its content.
    func state(of folder: String) throws -> [String: String] {
        var state: [String: String] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: folder)) {
            let path = folder + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let date = try #require(attributes[.modificationDate] as? Date).timeIntervalSince1970
            let content = FileManager.default.contents(atPath: path)?.base64EncodedString() ?? ""
            state[name] = "\(attributes[.posixPermissions] ?? "") \(date) \(content)"
        }
        return state
    }
}

extension ChangeReport {
    /// The files, one line each.
    var lines: [String] { files.map(\.description) }
}
