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

/// A command line that a shell runs, in the process group of the stand-in.
final class Command {
    private let pid: pid_t
    private var status: Int32?

    init(_ line: String, in directory: String) {
        // Our standard streams are the client's.
        let script = "exec </dev/null >/dev/null 2>&1; cd \"$0\" && \(line)"
        let arguments = Self.pointers(["sh", "-c", script, directory])
        let variables = Self.pointers(ProcessInfo.processInfo.environment.map { "\($0)=\($1)" })
        defer { for pointer in arguments + variables { free(pointer) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, "/bin/sh", nil, nil, arguments, variables)
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

    /// Ends it, and with it all other commands of the stand-in when that leads its process group.
    func end() {
        guard result == nil else { return }
        if getpgrp() == getpid() {
            // What the shell has started, too.
            signal(SIGTERM, SIG_IGN)
            kill(0, SIGTERM)
            signal(SIGTERM, SIG_DFL)
        }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        status = SIGKILL
    }
}
