#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Subprocess

/// A program to run as a child, without a shell in between.
///
/// The child leads a process group of its own, so that a ^C at the terminal does not reach it and all it starts can be
/// ended with it. It inherits no descriptor but its three standard streams, gets the default signal dispositions and
/// an empty signal mask.
public struct ChildProcess: Sendable {
    /// The program: a path, where it contains a slash (relative to the working directory), else a name looked up in
    /// the `PATH` of `environment`.
    public var executable: String
    /// What follows the program's name.
    public var arguments: [String]
    /// The whole environment; nothing is inherited.
    public var environment: [String: String]
    /// Where the child starts; `nil` for this process's own directory.
    public var workingDirectory: String?
    /// How long the child may take to end, once after its input was closed and once more after SIGTERM.
    public var grace: Duration
    /// Who sees to it that the child does not outlive this process; `nil` for nobody.
    public var custody: Custody?
    /// Whose child it is, for people, in the records of the custody.
    public var owner: String

    /// Describes a child; nothing is started or checked yet.
    public init(
        _ executable: String,
        arguments: [String] = [],
        environment: [String: String],
        workingDirectory: String? = nil,
        grace: Duration = .seconds(2)
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.grace = grace
        owner = executable.split(separator: "/").last.map(String.init) ?? executable
    }

    /// Starts the child, hands it to `body`, and returns once nothing of it is left.
    ///
    /// When `body` returns or throws, or the task is cancelled, the child's input is closed; where it does not end
    /// within the grace, its group gets SIGTERM, and after another grace SIGKILL. A child that ends earlier takes its
    /// group along at once, and its output ends; `body` finds out there, or by ``RunningChild/ended()``.
    ///
    /// - Parameters:
    ///   - stderr: Takes each line of the child's standard error, in order, from one task; must not block. Lines of
    ///     more than 64 KiB come in pieces, and bytes that are no UTF-8 are replaced.
    ///   - body: Talks to the child. Its error is rethrown.
    /// - Returns: What `body` returned, and how the child ended.
    /// - Throws: ``ChildProcessError`` when the child cannot be started, `CancellationError` when the task was
    ///   cancelled before, else what `body` throws.
    @discardableResult public func run<Value: Sendable>(
        stderr: @escaping @Sendable (String) -> Void = { _ in },
        body: (RunningChild) async throws -> Value
    ) async throws -> (value: Value, status: ExitStatus) {
        SignalDispositions.areSet
        try Task.checkCancellation()
        let program = try resolvedExecutable()
        let ward = try admitted()
        defer { ward?.forget() }
        let configuration = configuration(program, ward)
        let ended: (outcome: Result<Value, any Error>, status: TerminationStatus)
        do {
            let result = try await Subprocess.run(
                configuration, input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                let streams = ChildStreams(
                    execution, of: executable, closing: Self.steps(grace: grace), ward: ward)
                return await streams.run(stderr: stderr, body: body)
            }
            ended = (result.closureResult, result.terminationStatus)
        } catch let error as SubprocessError {
            throw failure(error)
        }
        switch ended.status {
        case .exited(let code): return (try ended.outcome.get(), .exited(code))
        case .signaled(let signal): return (try ended.outcome.get(), .signalled(signal))
        }
    }

    private func configuration(_ program: String, _ ward: Ward?) -> Subprocess.Configuration {
        let command = ward?.command(program, arguments) ?? (program: program, arguments: arguments)
        var environment = environment
        if let ward { environment[Marker.variable] = "\(ward.marker)" }
        var options = PlatformOptions()
        options.processGroupID = 0
        // What happens on cancellation, whatever the body does meanwhile. A guard is seen to elsewhere.
        options.teardownSequence = ward?.isGuarded == true ? [.waiting] : Self.steps(grace: grace)
        return Subprocess.Configuration(
            executable: .path(filePath(command.program)),
            arguments: Arguments(command.arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
            workingDirectory: workingDirectory.map { filePath($0) },
            platformOptions: options)
    }

    private func admitted() throws(ChildProcessError) -> Ward? {
        do {
            return try custody?.admit(owner: owner, grace: grace)
        } catch {
            throw ChildProcessError(.notRecorded, executable, place: custody?.directory, errno: error.number)
        }
    }

    /// What ends the child once its input is closed; SIGKILL to the group follows by itself.
    private static func steps(grace: Duration) -> [TeardownStep] {
        // Signal 0 is none: this step only waits for the child to notice the end of its input.
        let wait = TeardownStep.send(signal: Signal(rawValue: 0), allowedDurationToNextStep: grace)
        return [wait, .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)]
    }
}

// MARK: - Why it does not start

extension ChildProcess {
    /// Looks the program up here, because the spawning underneath reports most obstacles as "not found".
    private func resolvedExecutable() throws(ChildProcessError) -> String {
        if let directory = workingDirectory, let number = Executables.obstacle(toEntering: directory) {
            throw ChildProcessError(.workingDirectory, executable, place: directory, errno: number)
        }
        let isPath = executable.contains("/")
        let isRelative = isPath && !executable.hasPrefix("/")
        let name = isRelative ? "\(workingDirectory ?? ".")/\(executable)" : executable
        var present: String?
        for candidate in Executables.candidates(for: name, path: environment["PATH"]) {
            switch Executables.state(of: candidate) {
            // A relative path is the child's to resolve, who is in the working directory by then.
            case .executable: return isRelative ? executable : candidate
            case .notExecutable: present = present ?? candidate
            case .missing: continue
            }
        }
        if let present { throw ChildProcessError(.notExecutable, executable, place: present) }
        throw ChildProcessError(.notFound, executable, place: isPath ? name : environment["PATH"] ?? "unset")
    }

    private func failure(_ error: SubprocessError) -> ChildProcessError {
        let number = errorNumber(error.underlyingError)
        return switch error.code {
        case .failedToChangeWorkingDirectory:
            ChildProcessError(.workingDirectory, executable, place: workingDirectory, errno: number)
        case .executableNotFound:
            // It was there a moment ago: a script whose interpreter is missing, or a file of another machine's kind.
            ChildProcessError(.notStarted, executable, errno: number ?? ENOEXEC)
        case .failedToMonitorProcess:
            ChildProcessError(.statusUnknown, executable, errno: number)
        default:
            ChildProcessError(.notStarted, executable, errno: number)
        }
    }
}
