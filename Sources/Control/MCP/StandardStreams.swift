#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
public import Foundation
public import JSONRPC

/// Lines from whoever started this program, and to it.
///
/// Called once for a process: its standard input has one reader, a thread of its own, which reading blocks until there is
/// something or the input ends. Cancelling ends the lines at once, and the thread with the process.
public enum StandardStreams {
    /// The way to whoever started this program.
    public static func transport() -> StreamTransport<AsyncThrowingStream<Data, any Error>> {
        // Unbounded: an agent sends a few requests and waits for their answers.
        let (chunks, chunk) = AsyncThrowingStream<Data, any Error>.makeStream(bufferingPolicy: .unbounded)
        let reader = Thread {
            while let piece = nextInput() { chunk.yield(piece) }
            chunk.finish()
        }
        reader.start()
        return StreamTransport(reading: chunks) { line in
            try print(line)
        } finish: {
            close(STDOUT_FILENO)
        }
    }

    /// The next bytes; nil at the end, and after an error, behind which nothing can be read either.
    private static func nextInput() -> Data? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count > 0 { return Data(buffer[..<count]) }
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    /// Writes `bytes`, waiting for a reader that is slow.
    private static func print(_ bytes: Data) throws {
        var rest = [UInt8](bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw ConnectionError.closed
            }
        }
    }
}
