#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Who is at the other side of a socket, as the system knows it.
public struct Peer: Hashable, Sendable {
    /// The process that connected or, seen from a client, listened; 0 when it is out of this one's sight.
    ///
    /// It may have ended since, its number may be another's, or it may have handed the socket on.
    public var pid: Int32
    /// The user that the process ran as.
    public var uid: UInt32

    /// A peer as given, for whoever compares.
    public init(pid: Int32, uid: UInt32) {
        self.pid = pid
        self.uid = uid
    }

    /// Looks up the peer of a connected socket; `nil` and `errno` when the system does not know any more.
    init?(of socket: Int32) {
        #if canImport(Darwin)
            var user = uid_t()
            var group = gid_t()
            guard getpeereid(socket, &user, &group) == 0 else { return nil }
            var process = pid_t()
            var size = socklen_t(MemoryLayout<pid_t>.size)
            guard getsockopt(socket, SOL_LOCAL, LOCAL_PEERPID, &process, &size) == 0 else { return nil }
            self.init(pid: process, uid: user)
        #else
            // `struct ucred`, which Swift cannot name here: process, user and group.
            var credentials: [UInt32] = [0, 0, 0]
            var size = socklen_t(credentials.count * MemoryLayout<UInt32>.size)
            guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else { return nil }
            self.init(pid: Int32(bitPattern: credentials[0]), uid: credentials[1])
        #endif
    }
}
