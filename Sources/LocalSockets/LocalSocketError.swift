#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A socket that cannot be made, reached or used any more.
public struct LocalSocketError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// There is no such file, or no directory to make it in.
        case notFound
        /// The file is there, but nobody listens any more.
        case refused
        /// The file, or its directory, is not this user's to use.
        case notPermitted
        /// So many clients wait already that one more is not taken now; trying again later helps.
        case busy
        /// The path does not fit the address of a socket.
        case pathTooLong
        /// The path is empty, or has a zero byte in it.
        case badPath
        /// Somebody listens there already.
        case inUse
        /// Something else than a socket of this kind is there.
        case notASocket
        /// A directory that has to be private is not.
        case notPrivate
        /// The other side has closed, or has ended.
        case peerGone
        /// This side has closed the socket.
        case closed
        /// This side has ended what it writes, or left a message half written.
        case finished
        /// Another task is in the middle of a write.
        case writeUnderWay
        /// The system refused for another reason.
        case failed
    }

    /// What went wrong.
    public var code: Code
    /// The socket's path, or the directory concerned.
    public var path: String
    /// What is the matter with it, where the code does not say all.
    public var detail: String?
    /// The system's error number; `nil` where there is none.
    public var errno: Int32?

    init(_ code: Code, _ path: String, detail: String? = nil, errno: Int32? = nil) {
        self.code = code
        self.path = path
        self.detail = detail
        self.errno = errno
    }

    /// What `errno` means for whoever looks for a socket at `path`.
    init(errno: Int32, _ path: String) {
        let code: Code =
            switch errno {
            case ENOENT, ENOTDIR: .notFound
            case ECONNREFUSED: .refused
            case EACCES, EPERM, EROFS: .notPermitted
            case EAGAIN: .busy
            case EADDRINUSE: .inUse
            case EPROTOTYPE, ENOTSOCK: .notASocket
            case ENAMETOOLONG: .pathTooLong
            case EPIPE, ECONNRESET, ENOTCONN: .peerGone
            default: .failed
            }
        self.init(code, path, errno: errno)
    }
}

extension LocalSocketError: CustomStringConvertible {
    /// One sentence that says what to look at.
    public var description: String {
        switch code {
        case .notFound: "\(path) does not exist"
        case .refused: "nobody listens at \(path) any more"
        case .notPermitted: "\(path) cannot be used\(reason); is it another user's?"
        case .busy: "too many clients wait at \(path); try again"
        case .pathTooLong:
            "\(path) is \(path.utf8.count) bytes long; a socket's path has at most \(SocketPath.capacity)"
        case .badPath: "\(String(reflecting: path)) is no path"
        case .inUse: "another process listens at \(path)"
        case .notASocket: "\(path) is \(detail ?? "something else than a socket"); remove it or name another place"
        case .notPrivate: "\(path) is \(detail ?? "not private"); remove it, or give it to this user alone"
        case .peerGone: "the other side of \(path) has gone\(reason)"
        case .closed: "\(path) was closed on this side"
        case .finished: "this side has ended what it writes to \(path)"
        case .writeUnderWay: "another task is writing to \(path)"
        case .failed: "\(path) cannot be used\(reason)"
        }
    }

    private var reason: String { errno.map { ": \(String(cString: strerror($0)))" } ?? "" }
}
