#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The threads this process may work on, and, given a directory, those of earlier processes.
///
/// As with the real program a thread reaches the disk with its first turn, and one without a turn cannot be resumed.
struct ThreadStore {
    private let directory: URL?
    private var loaded: Set<String> = []
    /// Those that never reach the disk.
    private var fleeting: Set<String> = []

    init(directory: String?) {
        self.directory = directory.map { URL(filePath: $0, directoryHint: .isDirectory) }
    }

    /// A new thread; one that is not kept cannot be resumed.
    mutating func start(isKept: Bool) -> String {
        let id = UUID().uuidString.lowercased()
        loaded.insert(id)
        if !isKept { fleeting.insert(id) }
        return id
    }

    /// Whether the thread could be loaded.
    mutating func resume(_ id: String) -> Bool {
        if fleeting.contains(id) { return false }
        if loaded.contains(id) { return true }
        guard let file = file(of: id), FileManager.default.fileExists(atPath: file.path) else { return false }
        loaded.insert(id)
        return true
    }

    func contains(_ id: String) -> Bool {
        loaded.contains(id)
    }

    /// Adds a user's text to the thread's file.
    func append(_ text: String, to id: String) throws {
        guard !fleeting.contains(id), let file = file(of: id) else { return }
        let earlier = FileManager.default.contents(atPath: file.path) ?? Data()
        try (earlier + Data(JSON.string(text).line) + [0x0a]).write(to: file)
    }

    /// Whether this is the first time that anybody asks; always so without a directory.
    func claimDeath() throws -> Bool {
        guard let mark = directory?.appending(path: "died") else { return true }
        if FileManager.default.fileExists(atPath: mark.path) { return false }
        try Data().write(to: mark)
        return true
    }

    // Ids come from a client: only what we could have made becomes a file name.
    private func file(of id: String) -> URL? {
        guard UUID(uuidString: id) != nil else { return nil }
        return directory?.appending(path: id + ".jsonl")
    }
}
