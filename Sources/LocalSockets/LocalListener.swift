#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A socket in the file system that clients of the same user connect to.
///
/// A class because it owns the descriptor and the file, which go with `close()` or the last reference.
public final class LocalListener: Sendable {
    /// Where it listens.
    public let path: String
    let descriptor: Descriptor
    let log: @Sendable (String) -> Void
    private let file: SocketFile

    /// How many clients may wait to be accepted; more are told to try again.
    static let backlog: Int32 = 256

    /// Listens at `path`, where a file that nobody listens to any more is replaced.
    ///
    /// Two that start at the same moment could each take the other's file for a left-over one: whoever may be started
    /// twice holds a lock of its own meanwhile.
    ///
    /// - Parameters:
    ///   - path: A file in a directory that is there.
    ///   - log: Told when clients have to wait because the system lacks descriptors or memory, once each time.
    ///
    /// Throws ``LocalSocketError``: `inUse` when somebody listens there, `notASocket`, `notFound` when the directory is
    /// missing, `notPermitted`, `pathTooLong`.
    public init(at path: String, log: @escaping @Sendable (String) -> Void = { _ in }) throws {
        let address = try SocketAddress(path: path)
        try SocketFile.removeLeftOver(at: path, address)
        switch SystemSocket.open(.stream) {
        case .success(let number): descriptor = Descriptor(number)
        case .failure(let errno): throw LocalSocketError(.failed, path, errno: errno)
        }
        self.path = path
        self.log = log
        let bound = descriptor.use { number -> Int32? in
            address.withPointer { bind(number, $0, $1) } == 0 ? nil : errno
        }
        if let errno = bound ?? nil { throw LocalSocketError(errno: errno, path) }
        // Nobody can connect before `listen`, so the mode is right in time.
        guard chmod(path, 0o600) == 0, let file = SocketFile(at: path) else {
            throw LocalSocketError(errno: errno, path)
        }
        self.file = file
        let listening = descriptor.use { number -> Int32? in listen(number, Self.backlog) == 0 ? nil : errno }
        if let errno = listening ?? nil { throw LocalSocketError(errno: errno, path) }
    }

    deinit { close() }

    /// Stops accepting and removes the file, unless another has taken its place.
    ///
    /// Clients that were accepted stay.
    public func close() {
        // While the socket is open, the system gives the number of its file to no other, even after it was removed.
        _ = descriptor.use { _ in file.remove() }
        descriptor.close()
    }
}
