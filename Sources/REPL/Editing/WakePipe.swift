import CEditLine

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A pipe to oneself: any thread can end another one's `poll` through it.
final class WakePipe: Sendable {
    /// Readable after `wake()` and until `drain()`.
    let readEnd: Int32
    private let writeEnd: Int32

    /// Fails when the process has no file descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
            guard pipe(&ends) == 0 else { return nil }
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        #else
            guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { return nil }
        #endif
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func wake() {
        // A full pipe is as good as one more byte: the reader wakes.
        var byte: UInt8 = 1
        while write(writeEnd, &byte, 1) < 0, errno == EINTR {}
    }

    /// Waits until it is readable; a nil time-out waits for ever.
    func wait(milliseconds: Int32? = nil) {
        var source = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        while poll(&source, 1, milliseconds ?? -1) < 0, errno == EINTR {}
    }

    func drain() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(readEnd, &bytes, bytes.count)
            guard count == bytes.count || (count < 0 && errno == EINTR) else { return }
        }
    }
}
