#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The file of a listening socket, told apart from another that took its place.
struct SocketFile: Hashable, Sendable {
    private let path: String
    private let device: UInt64
    private let inode: UInt64
    private let mode: UInt32

    /// What is at `path` now, links not followed; `nil` and `errno` when nothing is.
    init?(at path: String) {
        var found = stat()
        guard lstat(path, &found) == 0 else { return nil }
        self.path = path
        device = UInt64(truncatingIfNeeded: found.st_dev)
        inode = UInt64(truncatingIfNeeded: found.st_ino)
        mode = UInt32(found.st_mode)
    }

    /// Removes the file if it is still the same.
    func remove() {
        guard SocketFile(at: path) == self else { return }
        // Gone already is as good; in a directory that was closed meanwhile it stays, for the next to replace.
        unlink(path)
    }

    /// Makes room at `path`, if only a socket is there that nobody listens to.
    static func removeLeftOver(at path: String, _ address: SocketAddress) throws(LocalSocketError) {
        guard let file = SocketFile(at: path) else {
            if errno == ENOENT { return }
            throw LocalSocketError(errno: errno, path)
        }
        if let kind = file.otherKind { throw LocalSocketError(.notASocket, path, detail: kind) }
        let probe: Descriptor
        switch SystemSocket.open(.stream) {
        case .success(let number): probe = Descriptor(number)
        case .failure(let errno): throw LocalSocketError(.failed, path, errno: errno)
        }
        switch probe.use({ SystemSocket.connect($0, to: address) }) {
        // Too busy to answer is alive, too.
        case .success, .failure(EAGAIN): throw LocalSocketError(.inUse, path)
        case .failure(ECONNREFUSED): file.remove()
        case .failure(ENOENT), nil: return
        case .failure(EPROTOTYPE): throw LocalSocketError(.notASocket, path, detail: "a socket of another kind")
        case .failure(let errno): throw LocalSocketError(errno: errno, path)
        }
    }

    /// What it is if it is no socket.
    private var otherKind: String? {
        switch mode_t(mode) & S_IFMT {
        case S_IFSOCK: nil
        case S_IFLNK: "a symbolic link"
        case S_IFDIR: "a directory"
        case S_IFREG: "a file"
        default: "something else than a socket"
        }
    }
}
