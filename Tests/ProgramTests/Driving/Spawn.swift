import Foundation

/// A child to start with the standard streams it is given and no other descriptor of ours.
struct Spawn {
    /// The system would not do it.
    struct Failure: Error {
        let call: String
        let number: Int32
    }

    private enum Streams {
        case none
        case descriptors(Int32, Int32, Int32)
        /// One terminal for all three; the child leads a session of which it is the controlling terminal.
        case terminal(String)
    }

    private let program: String
    private let arguments: [String]
    private let environment: [String: String]
    private let directory: String
    private var streams = Streams.none

    init(_ program: String, _ arguments: [String], environment: [String: String], directory: String) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }

    mutating func attach(input: Int32, output: Int32, errors: Int32) {
        streams = .descriptors(input, output, errors)
    }

    mutating func attach(to terminal: PseudoTerminal) { streams = .terminal(terminal.path) }

    /// Starts it and returns its pid; somebody has to wait for its end.
    func start() throws(Failure) -> pid_t {
        // Our own writes to children that are gone must not end the tests.
        Self.ignoresBrokenPipes
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)

        switch streams {
        case .none:
            break
        case .descriptors(let input, let output, let errors):
            posix_spawn_file_actions_adddup2(&actions, input, 0)
            posix_spawn_file_actions_adddup2(&actions, output, 1)
            posix_spawn_file_actions_adddup2(&actions, errors, 2)
        case .terminal(let path):
            flags |= Self.newSession
            posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        }
        #if canImport(Darwin)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var pid: pid_t = 0
        // Where to start cannot be told to the system everywhere, so a shell goes there and becomes the program.
        let arguments = Self.pointers(["sh", "-c", "cd \"$0\" && exec \"$@\"", directory, program] + arguments)
        let variables = Self.pointers(environment.map { "\($0)=\($1)" })
        defer { for pointer in arguments + variables { free(pointer) } }
        try Self.check("posix_spawn", posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments, variables))
        return pid
    }

    // MARK: Descriptors that no child inherits

    static func pipe() throws(Failure) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        try check("pipe", Foundation.pipe(&ends) == 0 ? 0 : errno)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    static func duplicate(_ descriptor: Int32) throws(Failure) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        try check("fcntl", copy < 0 ? errno : 0)
        return copy
    }

    /// Where there is nothing to read.
    static func null() throws(Failure) -> Int32 {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        try check("open", descriptor < 0 ? errno : 0)
        return descriptor
    }

    /// `POSIX_SPAWN_SETSID`, which some headers keep to themselves.
    private static var newSession: Int32 {
        #if canImport(Darwin)
            POSIX_SPAWN_SETSID
        #else
            0x80
        #endif
    }

    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    private static func pointers(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    private static func check(_ call: String, _ number: Int32) throws(Failure) {
        guard number == 0 else { throw Failure(call: call, number: number) }
    }
}
