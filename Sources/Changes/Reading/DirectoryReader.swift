#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
public import Processes

/// Tells people of a directory: its repository, its files, and where something is.
///
/// All texts are plain and bounded, say what they leave out, and have gone through the redactor. The first of several
/// lines says what the others are. Nothing of the user's is written, and no program but git runs: no hook, filter,
/// external diff or pager. Without git, and in no repository, files are looked at all the same.
///
/// Its work holds up no other task. Cancelling a question ends it, and the git it runs. All questions throw
/// ``ReadingError``, ``ChangeError`` for a repository or storage that cannot be used, `ChildProcessError` when git cannot
/// be started, and `CancellationError`.
public struct DirectoryReader: Sendable {
    /// How long an answer may take.
    public var timeLimit = Duration.seconds(20)

    let git: Git?
    let redact: @Sendable (String) -> String
    private let storage: Storage
    private let clock: any Clock<Duration>

    /// Creates a reader; nothing is read or written before it is asked.
    ///
    /// - Parameters:
    ///   - storage: An absolute path for its own use, whose parent exists; may be that of a ``ChangeTracker``.
    ///   - git: The program, a name looked up in the `PATH` of `environment` or a path; `nil` when there is none.
    ///   - environment: What git gets. Variables of git itself are left out.
    ///   - custody: Who sees to it that no git outlives this process.
    ///   - clock: What the time limit is counted by.
    ///   - redact: Takes secrets out of a text; line feeds outside of them stay.
    public init(
        storage: String, git: String?, environment: [String: String], custody: Custody?,
        clock: any Clock<Duration> = ContinuousClock(), redact: @escaping @Sendable (String) -> String
    ) {
        self.storage = Storage(path: storage)
        self.git = git.map { Git(program: $0, environment: environment, custody: custody) }
        self.clock = clock
        self.redact = redact
    }

    /// Which files of `directory` are not as in the last commit.
    @concurrent public func changes(in directory: String) async throws -> String {
        try await limited { try await requireCheckout(of: directory) { try await changes($0) } }
    }

    /// How they differ: at most 400 lines and 30,000 characters.
    @concurrent public func diff(in directory: String) async throws -> String {
        try await limited { try await requireCheckout(of: directory) { try await diff($0) } }
    }

    /// The branches of the repository, the latest first.
    @concurrent public func branches(in directory: String) async throws -> String {
        try await limited { try await requireCheckout(of: directory) { try await branches($0) } }
    }

    /// The last `count` commits, at most 100; a single one with its files.
    @concurrent public func commits(_ count: Int, in directory: String) async throws -> String {
        try await limited {
            try await requireCheckout(of: directory) { try await commits(min(max(count, 1), 100), $0) }
        }
    }

    /// Where `text` occurs, in files and in their names: at most 50 places.
    @concurrent public func find(_ text: String, in directory: String) async throws -> String {
        try await limited { try await places(of: try TextSearch(text), in: directory) }
    }

    /// Lines of the file called `name`, at most 400; the first ones when `lines` is nil.
    ///
    /// A name without folders is that of the only such file, if there is just one.
    @concurrent public func file(
        _ name: String, lines: ClosedRange<Int>? = nil, in directory: String
    ) async throws -> String {
        try await limited { try await show(name, lines, in: directory) }
    }

    // MARK: Repositories

    /// Runs `body` with the files of `directory` in its repository; nil when it is in none.
    func withCheckout<Value>(
        of directory: String, _ body: (Checkout) async throws -> Value
    ) async throws -> Value? {
        guard let git, let tree = try await WorkTree.find(directory, git: git) else { return nil }
        let week = try storage.open(day: time(nil) / 86_400)
        let folder = try storage.makeWorkFolder()
        defer { Storage.remove(folder) }
        return try await body(try await Checkout(tree, git: git, folder: folder, store: week.objects))
    }

    private func requireCheckout(
        of directory: String, _ body: (Checkout) async throws -> String
    ) async throws -> String {
        guard git != nil else {
            throw ReadingError(
                .noRepository, "git was not found in PATH; without it only files can be shown and searched")
        }
        guard let text = try await withCheckout(of: directory, body) else {
            let name = PlainLines.shown(path: directory)
            throw ReadingError(.noRepository, "\(name) is in no git repository, or one that ignores it")
        }
        return text
    }

    /// The words of somebody else on one line, as they can be shown.
    func line(_ text: String, limit: Int = PlainLines.lineLimit) -> String {
        PlainLines.shown(redact(text), limit: limit)
    }

    private func limited(_ body: @escaping @Sendable () async throws -> String) async throws -> String {
        try await FileThread.run(within: timeLimit, clock: clock) {
            ReadingError(.timedOut, "there was no answer within \(timeLimit)")
        } body: {
            try await body()
        }
    }
}
