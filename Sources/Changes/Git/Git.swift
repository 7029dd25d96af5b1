import Locking
import Processes

/// The program git, run so that nothing but what was asked for happens.
struct Git: Sendable {
    private let program: String
    private let environment: [String: String]
    private let custody: Custody?

    /// How a run ended.
    struct Outcome {
        var output: [UInt8]
        var status: ExitStatus
        /// The beginning of what it said to its standard error, line by line.
        var complaint: String

        /// The line of the complaint that says what is wrong, for people; empty when it said nothing.
        var reason: String {
            let lines = complaint.split(separator: "\n")
            return String(lines.first { $0.hasPrefix("fatal:") || $0.hasPrefix("error:") } ?? lines.first ?? "")
        }

        /// Whether git did what it was asked for.
        var isSuccess: Bool { status.isSuccess }

        /// Lines of the output, the last one's line feed not counted.
        var lines: [String] {
            let text = output.last == UInt8(ascii: "\n") ? output.dropLast() : output[...]
            return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }

        /// The fields of an output of `-z`.
        var fields: [ArraySlice<UInt8>] { output.split(separator: 0, omittingEmptySubsequences: false).dropLast() }
    }

    /// A git with the environment `environment`, but for the variables of git itself.
    ///
    /// What those say of repositories, configuration and traces was meant for another git.
    init(program: String, environment: [String: String], custody: Custody?) {
        self.program = program
        self.custody = custody
        var environment = environment.filter { !$0.key.hasPrefix("GIT_") }
        environment["LC_ALL"] = "C"
        environment["GIT_OPTIONAL_LOCKS"] = "0"
        environment["GIT_TERMINAL_PROMPT"] = "0"
        environment["GIT_DISCOVERY_ACROSS_FILESYSTEM"] = "1"
        // A clone that lacks objects must not go and get them.
        environment["GIT_NO_LAZY_FETCH"] = "1"
        environment["GIT_ALLOW_PROTOCOL"] = "none"
        self.environment = environment
    }

    /// Runs git and collects its output.
    func run(
        _ arguments: [String], in directory: String, adding variables: [String: String] = [:], input: [UInt8] = []
    ) async throws -> Outcome {
        var output: [UInt8] = []
        var outcome = try await run(arguments, in: directory, adding: variables, input: input) { chunk in
            output += chunk
            return true
        }
        outcome.output = output
        return outcome
    }

    /// Runs git and hands its output to `take`, until that returns `false`; then git is ended.
    ///
    /// A cancelled task's git is ended too, with all that it started.
    func run(
        _ arguments: [String], in directory: String, adding variables: [String: String], input: [UInt8] = [],
        take: ([UInt8]) throws -> Bool
    ) async throws -> Outcome {
        var child = ChildProcess(
            program, arguments: arguments, environment: environment.merging(variables) { $1 },
            workingDirectory: directory, grace: .milliseconds(100))
        child.custody = custody
        child.owner = "git"
        let complaint = Locked("")
        let (_, status) = try await child.run { line in
            complaint.withLock { if $0.utf8.count < 2000 { $0 += ($0.isEmpty ? "" : "\n") + line } }
        } body: { child in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await Self.write(input, to: child) }
                for try await chunk in child.output {
                    guard try take(chunk) else { return }
                }
                _ = try await child.ended()
            }
        }
        try Task.checkCancellation()
        return Outcome(output: [], status: status, complaint: complaint.withLock { String($0.prefix(600)) })
    }

    private static func write(_ input: [UInt8], to child: RunningChild) async {
        do {
            if !input.isEmpty { try await child.write(input) }
        } catch {
            // A git that stopped reading has failed, and its status says so.
        }
        await child.closeInput()
    }
}
