#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A child that could not be started, or can no longer be talked to.
public struct ChildProcessError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// There is no such program.
        case notFound
        /// There is such a file, but it cannot be executed.
        case notExecutable
        /// The working directory does not exist, is none, or cannot be entered.
        case workingDirectory
        /// The system refused to start it for another reason.
        case notStarted
        /// It was not started, because its record could not be written.
        case notRecorded
        /// The child does not read its standard input any more, or it was closed on this side.
        case inputClosed
        /// Its output could not be read.
        case outputFailed
        /// It has ended, and the system does not say how.
        case statusUnknown
    }

    /// What went wrong.
    public var code: Code
    /// The program, as it was asked for.
    public var executable: String
    /// The path or directory concerned, or the `PATH` that was searched; `nil` where there is none.
    public var place: String?
    /// The system's error number; `nil` where there is none.
    public var errno: Int32?

    init(_ code: Code, _ executable: String, place: String? = nil, errno: Int32? = nil) {
        self.code = code
        self.executable = executable
        self.place = place
        self.errno = errno
    }
}

extension ChildProcessError: CustomStringConvertible {
    /// One sentence that says what to look at.
    public var description: String {
        let place = place ?? "an unknown place"
        return switch code {
        case .notFound where executable.contains("/"): "\(place) does not exist"
        case .notFound: "\(executable) was not found in PATH (\(place)); install it or give its full path"
        case .notExecutable: "\(place) is not an executable file"
        case .workingDirectory: "\(executable) cannot run in \(place)\(reason)"
        case .notStarted: "\(executable) could not be started\(reason)"
        case .notRecorded: "\(executable) was not started: a record in \(place) could not be written\(reason)"
        case .inputClosed: "\(executable) does not read its input any more\(reason)"
        case .outputFailed: "the output of \(executable) could not be read\(reason)"
        case .statusUnknown: "how \(executable) ended is unknown\(reason)"
        }
    }

    private var reason: String { errno.map { ": \(String(cString: strerror($0)))" } ?? "" }
}
