import BenchSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Stands between a shell and its agent, passes everything on, and notes when certain words pass.
///
/// A program of its own, told what to do by its environment, since shells choose the arguments of their agents.
struct Relay {
    private static let prefix = "SHELLBENCH_RELAY_"

    /// The agent.
    let program: String
    /// Where the moments are noted: lines of a direction and nanoseconds.
    let log: String
    /// What to look for on the way to the agent; the empty text is in all.
    let inward: String
    /// What to look for on the way from the agent.
    let outward: String

    init(program: String, log: String, inward: String, outward: String) {
        self.program = program
        self.log = log
        self.inward = inward
        self.outward = outward
    }

    /// The relay that this process is to be; nil when it is none.
    init?(environment: [String: String]) {
        guard let program = environment[Self.prefix + "PROGRAM"], let log = environment[Self.prefix + "LOG"] else {
            return nil
        }
        self.init(
            program: program, log: log, inward: environment[Self.prefix + "IN"] ?? "",
            outward: environment[Self.prefix + "OUT"] ?? "")
    }

    /// What makes a process this relay.
    var environment: [String: String] {
        [
            Self.prefix + "PROGRAM": program, Self.prefix + "LOG": log, Self.prefix + "IN": inward,
            Self.prefix + "OUT": outward,
        ]
    }

    /// The moments noted in the log at `path`, in order.
    static func moments(in path: String) throws -> (inward: [Int], outward: [Int]) {
        var moments: (inward: [Int], outward: [Int]) = ([], [])
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            guard let time = Int(line.dropFirst(2)) else { continue }
            if line.hasPrefix("i") { moments.inward.append(time) } else { moments.outward.append(time) }
        }
        return moments
    }

    // MARK: As a process

    /// Runs the agent with `arguments`; returns the status to end with.
    func run(_ arguments: [String]) throws -> Int32 {
        let (read, toAgent) = try Self.pipe(), (fromAgent, write) = try Self.pipe()
        let pid = try start(arguments, input: read, output: write, closing: [toAgent, fromAgent])
        close(read)
        close(write)
        let note = open(log, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        guard note >= 0 else { throw Failure(log) }
        pass(toAgent: toAgent, fromAgent: fromAgent, notingIn: note)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 1
    }

    private func pass(toAgent: Int32, fromAgent: Int32, notingIn note: Int32) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var ends = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: fromAgent, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            guard poll(&ends, nfds_t(ends.count), -1) > 0 else { continue }
            if ends[1].revents != 0 {
                let count = read(fromAgent, &buffer, buffer.count)
                guard count > 0 else { return }
                let time = Surroundings.now
                Self.write(buffer[..<count], to: STDOUT_FILENO)
                if Self.contains(buffer[..<count], outward) { Self.write(Array("o \(time)\n".utf8)[...], to: note) }
            }
            if ends[0].revents != 0 {
                let count = read(STDIN_FILENO, &buffer, buffer.count)
                let time = Surroundings.now
                guard count > 0 else {
                    close(toAgent)
                    ends[0].fd = -1  // no longer looked at
                    continue
                }
                Self.write(buffer[..<count], to: toAgent)
                if Self.contains(buffer[..<count], inward) { Self.write(Array("i \(time)\n".utf8)[...], to: note) }
            }
        }
    }

    /// Lets the agent inherit no other ends of the pipes: it would keep its own input open.
    private func start(_ arguments: [String], input: Int32, output: Int32, closing: [Int32]) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        for end in closing + [input, output] { posix_spawn_file_actions_addclose(&actions, end) }
        let variables = Surroundings.environment.filter { !$0.key.hasPrefix(Self.prefix) }.map { "\($0)=\($1)" }
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var environment = variables.map { strdup($0) } + [nil]
        defer { for word in words + environment { free(word) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, program, &actions, nil, &words, &environment)
        guard result == 0 else { throw Failure("\(program): \(String(cString: strerror(result)))") }
        return pid
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        #if canImport(Darwin)
            let result = Darwin.pipe(&ends)
        #else
            let result = Glibc.pipe(&ends)
        #endif
        guard result == 0 else { throw Failure("pipe: \(String(cString: strerror(errno)))") }
        return (ends[0], ends[1])
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32) {
        var rest = bytes
        while !rest.isEmpty {
            #if canImport(Darwin)
                let count = rest.withUnsafeBytes { Darwin.write(file, $0.baseAddress, $0.count) }
            #else
                let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            #endif
            guard count > 0 else { return }  // the other side is gone, and so is the turn
            rest = rest.dropFirst(count)
        }
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ words: String) -> Bool {
        let words = Array(words.utf8)
        guard let first = words.first else { return true }
        var rest = bytes
        // The agent needs the processor: no search here that makes copies.
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: words) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
