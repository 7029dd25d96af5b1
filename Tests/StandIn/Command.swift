#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A command line that a shell runs, in a process group of its own.
final class Command {
    private let pid: pid_t
    private var status: Int32?

    init(_ line: String, in directory: String) {
        // Our standard streams are the client's.
        let script = "exec </dev/null >/dev/null 2>&1; cd \"$0\" && \(line)"
        let arguments = Self.pointers(["sh", "-c", script, directory])
        let variables = Self.pointers(ProcessInfo.processInfo.environment.map { "\($0)=\($1)" })
        defer { for pointer in arguments + variables { free(pointer) } }
        #if canImport(Darwin)
            var attributes: posix_spawnattr_t?
        #else
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, "/bin/sh", nil, &attributes, arguments, variables)
        precondition(failure == 0, "posix_spawn failed with \(failure)")
        self.pid = pid
    }

    private static func pointers(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    /// Whether it ended well; nil while it runs.
    var result: Bool? {
        if status == nil {
            var ended: Int32 = 0
            if waitpid(pid, &ended, WNOHANG) == pid { status = ended }
        }
        return status.map { $0 == 0 }
    }

    /// Ends it, with what the shell has started.
    func end() {
        guard result == nil else { return }
        kill(-pid, SIGKILL)
        waitpid(pid, nil, 0)
        status = SIGKILL
    }
}
