import Foundation
import Testing

/// The built `cm` in a world of its own: home, settings, state, workspace and PATH that no other test shares.
struct Program: Sendable {
    /// How long a test waits for what should come at once; long, because machines that test are busy.
    static let patience: Duration = .seconds(20)

    private let directory: TemporaryDirectory
    /// All that `cm` gets; its PATH leads to ``bin`` alone.
    var environment: [String: String]
    /// Where it starts, in the private directory.
    var folder = "workspace"

    /// A world without any agent but the one inside `cm`.
    init() throws {
        directory = try TemporaryDirectory()
        environment = [
            "HOME": directory.path + "/home", "XDG_CONFIG_HOME": directory.path + "/home/.config",
            "CM_STATE_DIR": directory.path + "/state", "TMPDIR": directory.path + "/tmp",
            "CODEX_HOME": directory.path + "/codex", "CM_CHAT_MODE": "single", "PATH": directory.path + "/bin",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color", "USER": "tester",
        ]
        // Where the system keeps Swift's own libraries is no matter of the tests.
        environment["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        for name in ["home/.config", "tmp", "codex", "bin", "stand-in"] {
            try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
        }
        // The workspace is a git repository, so that one around the temporary directory is of no concern.
        for name in ["objects", "refs"] {
            try FileManager.default.createDirectory(
                atPath: path("workspace/.git/\(name)"), withIntermediateDirectories: true)
        }
        try write("ref: refs/heads/main\n", to: "workspace/.git/HEAD")
    }

    // MARK: Its files

    var workspace: String { path("workspace") }
    var bin: String { path("bin") }

    /// A path inside of the private directory.
    func path(_ name: String) -> String { directory.path + "/" + name }

    /// Writes a file in the private directory, with the directories it is in.
    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Not left open in what other tests start meanwhile: a script that is open for writing cannot be run.
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Spawn.Failure(call: "open \(name)", number: errno) }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
    }

    func writeConf(_ text: String) throws { try write(text, to: "home/.config/cm/conf.toml") }

    /// A file in the state of the workspace, which exists once `cm` ran.
    func stateFile(_ name: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: path("state"))
        let directory = try #require(names.first { $0.hasPrefix("workspace-") })
        return path("state/\(directory)/\(name)")
    }

    // MARK: Running it

    /// Runs `cm` with `input` piped in, and waits for its end.
    func run(
        _ arguments: String..., input: String = "", at location: SourceLocation = #_sourceLocation
    ) async throws -> Run.Result {
        try await run(arguments, input: Array(input.utf8), at: location)
    }

    func run(
        _ arguments: [String], input: [UInt8], within limit: Duration = patience,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Run.Result {
        let run = try start(arguments, output: try Spawn.pipe())
        run.send(input)
        run.closeInput()
        return try await run.ended(within: limit, at: location)
    }

    /// Starts `cm` with pipes for input, output and errors.
    func start(_ arguments: String...) throws -> Run { try start(arguments) }

    /// Does so with arguments as a list.
    func start(_ arguments: [String]) throws -> Run { try start(arguments, output: try Spawn.pipe()) }

    /// Starts `cm` with an output that nobody reads.
    func startWithoutReader(_ arguments: String...) throws -> Run {
        let output = try Spawn.pipe()
        close(output.reading)
        return try start(arguments, output: (try Spawn.null(), output.writing))
    }

    /// Starts `cm` at a terminal of its own, of which the output is what a person would see.
    ///
    /// With `keepingEscapes` the output is what the terminal gets, byte by byte.
    func startAtTerminal(_ arguments: String..., keepingEscapes: Bool = false) throws -> Run {
        try startAtTerminal(arguments, keepingEscapes: keepingEscapes)
    }

    /// Does so with arguments as a list.
    func startAtTerminal(_ arguments: [String], keepingEscapes: Bool = false) throws -> Run {
        let terminal = try PseudoTerminal()
        var child = Spawn(BuiltPrograms.cm, arguments, environment: environment, directory: path(folder))
        child.attach(to: terminal)
        let pid = try child.start()
        let output = Transcript(reading: try Spawn.duplicate(terminal.main), withoutEscapes: !keepingEscapes)
        let input = InputFeed(terminal.main, closesDescriptor: false)
        let errors = Transcript(reading: try Spawn.null())
        return Run(of: self, pid: pid, input: input, output: output, errors: errors, terminal: terminal)
    }

    private func start(_ arguments: [String], output: (reading: Int32, writing: Int32)) throws -> Run {
        let (input, errors) = (try Spawn.pipe(), try Spawn.pipe())
        var child = Spawn(BuiltPrograms.cm, arguments, environment: environment, directory: path(folder))
        child.attach(input: input.reading, output: output.writing, errors: errors.writing)
        let pid = try child.start()
        for descriptor in [input.reading, output.writing, errors.writing] { close(descriptor) }
        return Run(
            of: self, pid: pid, input: InputFeed(input.writing), output: Transcript(reading: output.reading),
            errors: Transcript(reading: errors.reading))
    }
}
