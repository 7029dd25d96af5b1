#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
public import Processes

/// Tells what changed in a directory between two moments, whoever changed it and however.
///
/// With git, a state is kept as a git tree of what is not ignored, untracked files and repositories inside included;
/// commits made in between do not matter. A directory in no repository is kept the same way, without the folders that
/// builds leave. Without git, and for a directory in no repository with very many files, only names, sizes, times and
/// hashes are kept, and only names can be told.
///
/// Its work, which may be to read very many files, holds up no other task: each operation has a thread of its own.
///
/// Nothing of the user's is written, and no program but git runs: no hook, filter, external diff or pager. Files of
/// more than 8 MiB (1 MiB in no repository) that git does not know as they are, and unreadable ones, are compared by
/// size and time.
public struct ChangeTracker: Sendable {
    /// How long either operation may take.
    public var timeLimit = Duration.seconds(60)
    /// What day it is, counted from 1970; for tests.
    package var today: @Sendable () -> Int = { time(nil) / 86_400 }
    /// A directory in no repository with more files than this is only listed.
    package var keptFiles = 20_000
    /// And one with more bytes in files whose contents would be kept.
    package var keptBytes = 256 << 20

    private let storage: Storage
    private let git: Git?
    private let clock: any Clock<Duration>

    /// Creates a tracker; nothing is read or written before it is used.
    ///
    /// - Parameters:
    ///   - storage: An absolute path for its own use, whose parent exists.
    ///   - git: The program, a name looked up in the `PATH` of `environment` or a path; `nil` when there is none.
    ///   - environment: What git gets. Variables of git itself are left out.
    ///   - custody: Who sees to it that no git outlives this process.
    ///   - clock: What the time limit is counted by.
    public init(
        storage: String, git: String?, environment: [String: String], custody: Custody?,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.clock = clock
        self.storage = Storage(path: storage)
        self.git = git.map { Git(program: $0, environment: environment, custody: custody) }
    }

    /// Keeps the state that `directory`, an absolute path, has now.
    ///
    /// Throws ``ChangeError``, `ChildProcessError` when git cannot be started, and `CancellationError`.
    @concurrent public func snapshot(of directory: String) async throws -> SnapshotID {
        try await limited {
            let week = try storage.open(day: today())
            guard let git else { return try list(directory, week) }
            let writer = TreeWriter(git: git, storage: storage, week: week)
            if let tree = try await WorkTree.find(directory, git: git) {
                let name = try await writer.write(tree).name
                return SnapshotID(.repository, week: week.number, name: name)
            }
            guard try isKept(directory) else { return try list(directory, week) }
            let tree = try WorkTree(directory: directory, index: week.index(of: directory))
            let name = try await writer.write(tree).name
            return SnapshotID(.directory, week: week.number, name: name)
        }
    }

    /// What is different in `directory` now from what it was at `snapshot`.
    ///
    /// - Parameter limit: The most bytes of the report's text, of which it takes 1 KiB at least.
    ///
    /// Throws as ``snapshot(of:)`` does, and when the snapshot is not there any more.
    @concurrent public func changes(
        in directory: String, since snapshot: SnapshotID, limit: Int
    ) async throws -> ChangeReport {
        try await limited {
            let week = try storage.open(day: today())
            guard let (kind, number, name) = snapshot.parts, let earlier = storage.week(number) else {
                throw ChangeError(.snapshot, "the snapshot \(snapshot.rawValue) is not there any more")
            }
            if kind == .listing { return try compare(directory, with: earlier.listing(name), limit) }
            guard let git else {
                throw ChangeError(.snapshot, "the snapshot of \(directory) was taken with git, which is missing now")
            }
            let found = kind == .repository ? try await WorkTree.find(directory, git: git) : nil
            let tree = try found ?? WorkTree(directory: directory, index: week.index(of: directory))
            let writer = TreeWriter(git: git, storage: storage, week: week)
            var now = try await writer.write(tree)
            if kind == .repository, found == nil {
                now.remarks.append("The directory was in a git repository, and is in none any more.")
            }
            return try await compare(name, in: earlier, with: now, of: tree, writer, limit)
        }
    }

    // MARK: Trees

    private func compare(
        _ name: String, in earlier: Storage.Week, with now: TreeWriter.Tree, of tree: WorkTree, _ writer: TreeWriter,
        _ limit: Int
    ) async throws -> ChangeReport {
        guard name.count == now.name.count else {
            throw ChangeError(.snapshot, "the repository of \(tree.top) names its objects in another way now")
        }
        let folder = try storage.makeWorkFolder()
        defer { Storage.remove(folder) }
        var bare = tree
        bare.index = "\(folder)/none"
        let desk = try Desk(git: writer.git, tree: bare, path: folder, objects: writer.week.objects)
        let diff = TreeDiff(desk: desk, old: name, new: now.name, objects: [earlier.objects] + now.objects)
        let (files, isCompared) = try await diff.files()
        var remarks = now.remarks
        if !isCompared { remarks.append("Contents are not shown: git does not have all of them any more.") }
        var text = ReportText(limit: limit)
        text.list(files, remarks: remarks, isDiffFollowing: isCompared && !files.isEmpty)
        if isCompared, !files.isEmpty {
            var patch = PatchText(limit: text.room, files: files.count)
            try await diff.patch { patch.append($0) }
            patch.finish()
            text.append(patch)
        }
        return ChangeReport(files: files, text: text.text, isTruncated: text.isCut || !isCompared)
    }

    /// Whether the contents of a directory in no repository are few enough to be kept.
    private func isKept(_ directory: String) throws -> Bool {
        var (files, bytes) = (0, 0)
        _ = try DirectoryWalk(root: directory).run { _, status in
            files += 1
            if status.size <= Listing.hashedSize { bytes += status.size }
            return files <= keptFiles && bytes <= keptBytes
        }
        return files <= keptFiles && bytes <= keptBytes
    }

    // MARK: Listings

    private func list(_ directory: String, _ week: Storage.Week) throws -> SnapshotID {
        let bytes = try Listing(of: directory).bytes
        let name = SHA256.hex(of: bytes)
        try Content.store(bytes, to: week.listing(name))
        return SnapshotID(.listing, week: week.number, name: name)
    }

    private func compare(_ directory: String, with listing: String, _ limit: Int) throws -> ChangeReport {
        guard let bytes = Content.load(Array(listing.utf8))?.bytes, let old = Listing(bytes: bytes) else {
            throw ChangeError(.snapshot, "the snapshot in \(listing) cannot be read any more")
        }
        let new = try Listing(of: directory, since: old)
        let files = old.changes(to: new)
        var remarks = [
            git == nil
                ? "Only names are known, because git is not installed; install it to see the diff."
                : "Only names are known: the directory is in no git repository and has too many files to keep."
        ]
        if old.isCut || new.isCut { remarks.append("Only \(Listing.fileLimit) files were looked at.") }
        if new.unreadable > 0 { remarks.append("\(new.unreadable) folders could not be read.") }
        var text = ReportText(limit: limit)
        text.list(files, remarks: remarks, isDiffFollowing: false)
        return ChangeReport(files: files, text: text.text, isTruncated: text.isCut || !files.isEmpty)
    }

    // MARK: Time

    /// Runs `body` on a thread of its own; ends it, and the git it runs, when it takes too long.
    private func limited<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await FileThread.run(within: timeLimit, clock: clock) {
            ChangeError(.timedOut, "what changed could not be told within \(timeLimit)")
        } body: {
            try await body()
        }
    }
}
