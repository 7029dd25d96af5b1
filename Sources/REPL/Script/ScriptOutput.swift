import Foundation

/// Where a script's answers and notices go: two descriptors, written at once and completely.
struct ScriptOutput: Sendable {
    /// What was to be answered cannot be written, for instance because its reader has gone.
    struct Closed: Error {
        /// The error number of the system.
        var number: Int32
    }

    var answers: Int32 = STDOUT_FILENO
    var notices: Int32 = STDERR_FILENO

    /// Writes a line of answer.
    ///
    /// Throws ``Closed`` when nobody reads it any more.
    func answer(_ text: String) throws {
        guard Self.write(text + "\n", to: answers) else { throw Closed(number: errno) }
    }

    /// Writes a line of notice.
    ///
    /// That nobody reads it is no reason to stop.
    func notice(_ text: String) { _ = Self.write("cm: " + text + "\n", to: notices) }

    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
