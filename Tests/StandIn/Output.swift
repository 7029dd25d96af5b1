#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard output, unbuffered.
enum Output {
    /// Writes one message as a line.
    static func send(_ message: JSON) {
        put(message.line + [0x0a])
    }

    /// Writes bytes as they are; ends the process when nobody reads them.
    static func put(_ bytes: [UInt8]) {
        writeAll(bytes, to: STDOUT_FILENO)
    }

    /// Writes all bytes to a descriptor, in one call where the system allows it.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while !rest.isEmpty {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    exit(1)
                }
                rest = rest.dropFirst(count)
            }
        }
    }
}
